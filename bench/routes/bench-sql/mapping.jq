{
  type: "account",
  accountId: "account-\(.entity)",
  messageId: "bench-\(.number)",
  timestamp: .updated_at,
  traits: {entity: .entity, seq: .seq, name: .name, plan: .plan, mrr: .mrr}
}
