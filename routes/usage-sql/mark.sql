update usage_events
set sent_at = current_timestamp
where id = :id
