create table usage_events (
  id          bigint primary key,
  user_id     varchar(20),
  account_id  varchar(20),
  event       varchar(100),
  properties  json,
  happened_at timestamp with time zone not null,
  sent_at     timestamp with time zone
);

insert into usage_events values
  (1, 'u-1', '00417', 'report_opened', null, timestamp with time zone '2026-01-05 09:00:00+01:00', null),
  (2, 'u-2', null, 'report_opened', null, timestamp with time zone '2026-01-05 08:00:00.25+00:00', null),
  (3, 'u-1', '00417', 'seat_added', null, timestamp with time zone '2026-01-04 23:00:00-05:00', current_timestamp),
  (4, null, null, 'report_opened', null, timestamp with time zone '2026-01-05 08:00:00+00:00', null),
  (9007199254740993, 'u-3', null, 'seat_added', null, timestamp with time zone '2026-01-05 23:59:59+00:00', null);
