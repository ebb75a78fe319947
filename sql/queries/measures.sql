-- The ledger of standing measures.

-- name: measures
-- Every measure of the baseline, in the order of its id.
select
    measure_id,
    senders,
    targets,
    target_theme,
    regime,
    instruments,
    commodities,
    status,
    start_date,
    end_date,
    renewal,
    legal_act,
    cited_as,
    source_url,
    checked,
    note
from measure
order by measure_id;
