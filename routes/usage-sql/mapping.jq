# A row of usage_events -> one track message.
{
  type: "track",
  messageId: "usage-\(.id)",
  userId: .user_id,
  accountId: .account_id,
  event: .event,
  timestamp: .happened_at,
  properties: (.properties // {})
}
