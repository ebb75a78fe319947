-- The ledger: one row for each state that a measure was in, so that any date is answered as it was.
-- Every statement can run twice.

drop table if exists measure;
delete from reference_load
where table_name = 'measure';

create table if not exists measure_period (
    measure_id text primary key,
    regime_id text not null,
    sender text not null,
    target text,
    theme text,
    regime text not null,
    instrument text not null,
    commodity text,
    status text not null check (status in ('in_force', 'eased', 'suspended', 'ended')),
    announced date not null,
    effective date not null check (effective >= announced),
    ends date,
    renewal text,
    legal_act text not null,
    cited_as text not null,
    source_url text,
    checked text not null,
    dates text not null,
    to_review text,
    note text,
    check (target is not null or theme is not null)
);
comment on table measure_period is 'The baseline: a copy of sql/reference/measures.csv, as of March 2026.';

create table if not exists ledger (
    entry_id text not null,
    step integer not null check (step >= 1),
    regime_id text not null,
    sender text not null,
    target text,
    theme text,
    regime text not null,
    instrument text not null,
    commodity text,
    status text not null check (status in ('in_force', 'eased', 'suspended', 'ended')),
    announced date not null,
    effective date not null,
    superseded date check (superseded >= effective),
    ends date,
    renewal text,
    legal_act text not null,
    cited_as text not null,
    source_url text,
    checked text not null,
    dates text not null,
    confirmed boolean not null,
    change text not null check (
        change in ('baseline', 'opened', 'widened', 'extended', 'narrowed', 'eased', 'suspended', 'ended', 'reviewed')
    ),
    to_review text,
    note text,
    alert_id text,
    primary key (entry_id, step)
);
comment on table ledger is
'The baseline with what adopted alerts changed: a fold of both, made anew by `sanctions-monitor alerts rebuild`. An '
'entry is a measure of one sender against one target by one instrument on one kind of goods; a step is a state of it.';
comment on column ledger.target is 'State or body; null for a regime by theme.';
comment on column ledger.commodity is 'Null where the measure names no goods: persons, banks, all trade.';
comment on column ledger.superseded is 'When the next step took its place: the step stood from effective until then.';
comment on column ledger.ends is 'Last day that this step itself names: the expiry of a licence or a renewal.';
comment on column ledger.renewal is 'Usual month and day of renewal, where no day is known.';
comment on column ledger.dates is 'How the dates were checked; regime: they are those of the regime, not of the goods.';
comment on column ledger.to_review is 'What a person should look up; nothing was guessed meanwhile.';
comment on column ledger.alert_id is 'The alert that made this step, or told one that the baseline has already.';
create index if not exists ledger_by_target on ledger (target, effective);
create index if not exists ledger_by_sender on ledger (sender, effective);
