select id, number, entity, seq, name, plan, mrr, updated_at
from accounts
where (updated_at, id) > (:updated_at, :id)
order by updated_at, id
limit :limit
