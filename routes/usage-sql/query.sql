select id, user_id, account_id, event, properties, happened_at
from usage_events
where sent_at is null
order by id
limit :limit
