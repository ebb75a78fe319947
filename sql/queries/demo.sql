-- name: alerts
-- Every alert, those of the day first, with its last development that is more than one more outlet.
select
    (alert.dated_at at time zone 'UTC')::date as day,
    alert.severity,
    alert.score,
    alert.headline,
    alert.outlets,
    alert.official,
    (
        select alert_development.note
        from alert_development
        where alert_development.alert_id = alert.alert_id and alert_development.kind <> 'outlet'
        order by alert_development.dated_at desc
        limit 1
    ) as followed_by
from alert
order by (alert.dated_at at time zone 'UTC')::date <> :day asc, alert.score desc, alert.alert_id asc;
