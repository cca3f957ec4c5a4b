# A row of accounts -> one account message. What is null is left out by the sink.

# our own accounts for trials and training are not customers
select(.plan != "Internal")
| {
    type: "account",
    accountId: .id,
    organizationId: .organization_id,
    traits: {
      name: .name,
      plan: .plan,
      mrr: .mrr,
      seats: .seats,
      renewalDate: .renewal_date,
      tags: .tags,
      features: .features
    }
  }
