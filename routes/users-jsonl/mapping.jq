# A user -> one user message. Keys that are absent or null are left out by the sink.

# who was deleted must not be created anew
select(.deleted | not)
| {
    type: "user",
    userId: .id,
    accountId: .company_id,
    traits: {
      email: .email,
      name: ([.first_name, .last_name] | map(strings) | if . == [] then null else join(" ") end),
      role: .role,
      createdAt: .signed_up_at
    }
  }
