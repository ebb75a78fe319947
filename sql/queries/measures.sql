-- The ledger of measures. The columns are those of measures/ledger.py.

-- name: baseline
-- Every state of every measure of the baseline.
select
    measure_id,
    regime_id,
    sender,
    target,
    theme,
    regime,
    instrument,
    commodity,
    status,
    announced,
    effective,
    ends,
    renewal,
    legal_act,
    cited_as,
    source_url,
    checked,
    dates,
    to_review,
    note
from measure_period
order by measure_id;

-- name: ledger
select
    entry_id,
    step,
    regime_id,
    sender,
    target,
    theme,
    regime,
    instrument,
    commodity,
    status,
    announced,
    effective,
    superseded,
    ends,
    renewal,
    legal_act,
    cited_as,
    source_url,
    checked,
    dates,
    confirmed,
    change,
    to_review,
    note,
    alert_id
from ledger
order by entry_id, step;

-- name: ledger_about
-- The steps of the entries of one target, one sender, or touched by one alert; with a day only those that were known
-- on it and not replaced yet, which is what `measures.as_of` asks of them anyway.
select
    entry_id,
    step,
    regime_id,
    sender,
    target,
    theme,
    regime,
    instrument,
    commodity,
    status,
    announced,
    effective,
    superseded,
    ends,
    renewal,
    legal_act,
    cited_as,
    source_url,
    checked,
    dates,
    confirmed,
    change,
    to_review,
    note,
    alert_id
from ledger
where
    (:target::text is null or target = :target)
    and (:sender::text is null or sender = :sender)
    and (:day::date is null or (announced <= :day and (superseded is null or superseded > :day)))
    and (
        :alert::text is null
        or entry_id in (
            select touched.entry_id from ledger as touched
            where touched.alert_id = :alert
        )
    )
order by entry_id, step;

-- name: ledger_rows^
select count(*) as rows
from ledger;

-- name: lock_ledger!
-- Two that make it at once would both put their rows beside the other's.
lock table ledger in share row exclusive mode;

-- name: clear_ledger!
delete from ledger;
