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
select *
from ledger
order by entry_id, step;

-- name: ledger_about
-- The steps of the entries of one target, one sender, or touched by one alert.
select *
from ledger
where
    (:target::text is null or target = :target)
    and (:sender::text is null or sender = :sender)
    and (
        :alert::text is null
        or entry_id in (select touched.entry_id from ledger as touched where touched.alert_id = :alert)
    )
order by entry_id, step;

-- name: ledger_rows^
select count(*) as rows
from ledger;

-- name: clear_ledger!
delete from ledger;
