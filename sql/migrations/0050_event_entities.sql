-- Whom a measure names: persons, firms, banks, vessels with their IMO number.
-- depends: 0001_feeds_to_deliveries

alter table event add column if not exists entities jsonb not null default '[]';
comment on column event.entities is
'Named in the evidence: a list of {name, type, id}; id such as "IMO 9187629", or null.';
