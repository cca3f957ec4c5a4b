create table accounts (
  id              varchar(20) primary key,
  organization_id varchar(20),
  name            varchar(200),
  plan            varchar(20),
  mrr             numeric(12, 2),
  seats           int,
  renewal_date    date,
  tags            varchar(20) array,
  features        json,
  updated_at      timestamp not null
);

create index accounts_by_change on accounts (updated_at, id);

insert into accounts values
  ('00417', null, 'Müller & Söhne GmbH', 'Enterprise', 2490.00, 120, date '2026-09-30', array['vip', 'emea'], null,
   timestamp '2026-01-05 08:00:00'),
  ('1002', 'ORG-7', 'Baker, Lee and Partners', 'Team', 349.50, 25, date '2026-03-01', null, null,
   timestamp '2026-01-05 08:00:00'),
  ('1003', 'ORG-7', 'Nordwind Logistik', 'Team', 1000.00, null, null, null, null,
   timestamp '2026-01-04 23:30:00.5'),
  ('1005', null, 'Training room', 'Internal', 0, 5, null, null, null,
   timestamp '2026-01-06 10:00:00'),
  ('  ', null, 'A name without an id', 'Starter', 49, 3, null, null, null,
   timestamp '2026-01-07 10:00:00'),
  ('1009', 'ORG-12', '東京システム', null, null, null, null, null, null,
   timestamp '2026-01-08 10:00:00.123456');
