{
  type: "track",
  event: "report opened",
  userId: .user,
  accountId: .account,
  messageId: .id,
  timestamp: .at,
  properties: {entity: (.entity | tonumber), seq: (.seq | tonumber), name: .name, role: (.role | ascii_downcase)}
}
