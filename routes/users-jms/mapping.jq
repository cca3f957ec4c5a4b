# A change of a user, as the identity service tells it -> one user message, or one unlink where the user left an account.

if .change == "left" then
  {
    type: "unlink",
    userId: .user.id,
    accountId: .user.account
  }
elif .change == "created" or .change == "updated" then
  {
    type: "user",
    userId: .user.id,
    accountId: .user.account,
    timestamp: .at,
    traits: {
      email: .user.email,
      name: .user.name,
      locale: .user.locale
    }
  }
elif .change == "viewed" then
  # nothing that Vitally needs to know
  empty
else
  error("change: must be created, updated, left or viewed, got \(.change)")
end
