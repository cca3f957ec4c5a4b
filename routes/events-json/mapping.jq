# An event -> one track message.

# sent by every open browser tab each minute: no use of the product
select(.event != "heartbeat")
| {
    type: "track",
    # the event's own id: sent twice by the source, it counts once in Vitally
    messageId: .event_id,
    # without it the time of reading would stand there, which is wrong for events
    timestamp: (.occurred_at // error("occurred_at: is absent")),
    # both where the source has both: with the user alone it goes to the account the user was last on
    userId: .user_id,
    accountId: .account_id,
    event: .event,
    properties: .properties
  }
