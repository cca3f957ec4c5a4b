select id, organization_id, name, plan, mrr, seats, renewal_date, tags, features, updated_at
from accounts
where (updated_at, id) > (:updated_at, :id)
order by updated_at, id
limit :limit
