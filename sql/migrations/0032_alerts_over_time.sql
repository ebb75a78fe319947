-- What alerts know beyond their first report. Every statement can run twice.

alter table alert add column if not exists announced date;
alter table alert add column if not exists effective date;
alter table alert add column if not exists expires date;
alter table alert add column if not exists legal_act text;
alter table alert add column if not exists confirmed_at timestamptz;
alter table alert add column if not exists confirmed_by text;
alter table alert add column if not exists lead_minutes integer check (lead_minutes >= 0);
alter table alert add column if not exists links jsonb not null default '[]';
alter table alert add column if not exists told jsonb not null default '{}';
alter table alert add column if not exists entities text[] not null default '{}';
alter table alert add column if not exists withdrawn_at timestamptz;
alter table alert add column if not exists withdrawn_because text;

comment on column alert.announced is 'Day of the decision, by the reports, else of the first report.';
comment on column alert.effective is 'First day on which it holds; the ledger changes on it.';
comment on column alert.confirmed_at is 'First word of the deciding side''s own source; null: none yet.';
comment on column alert.lead_minutes is 'Minutes from the first report to that word.';
comment on column alert.links is 'Acts that belong to it: a list of {kind, story_id, headline, dated_at, days, note}.';
comment on column alert.told is 'What the tables said when it was last looked at: sentences, and figures with source.';
comment on column alert.withdrawn_at is 'When the last report that told it was edited away; null: it stands.';

alter table alert_development drop constraint if exists alert_development_kind_check;
alter table alert_development add constraint alert_development_kind_check
check (kind in ('outlet', 'official', 'legal_act', 'correction'));
