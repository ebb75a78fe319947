-- name: reports
-- Every event of the stories told in the span, dated before its end, as this coder has the item's latest revision.
-- Outlets are told apart by their home, since one outlet has several feeds; the shortest title is its name.
with told as (
    select distinct story_event.story_id
    from story_event
    inner join event on story_event.event_id = event.event_id
    inner join item on event.item_id = item.item_id
    where item.dated_at >= :since and item.dated_at < :until
),

outlet as (
    select distinct on (home)
        home,
        title
    from feed
    order by home asc, length(title) asc, feed_id asc
)

select
    story_event.story_id,
    event.event_id,
    event.item_id,
    event.family,
    event.action,
    event.status,
    event.senders,
    event.targets,
    event.commodities,
    event.instruments,
    event.evidence_text as quote,
    event.rule,
    event.coder_version,
    event.confidence,
    event.legal_act,
    event.effective,
    event.expires,
    item.dated_at,
    item.first_seen_at as seen_at,
    outlet.title as outlet,
    feed.kind as outlet_kind,
    feed.country as outlet_country,
    item_revision.title,
    item.url,
    concat_ws(' ', item_revision.title, item_revision.summary, item_revision.body) as wording
from told
inner join story_event on told.story_id = story_event.story_id
inner join event on story_event.event_id = event.event_id
inner join item on event.item_id = item.item_id and event.revision = item.revision
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
inner join outlet on feed.home = outlet.home
where item.dated_at < :until and event.coder_version = :coder
order by item.dated_at, event.event_id;

-- name: lock_alerts!
-- Lets one process at a time look for new alerts; readers go on reading.
lock table alert in share row exclusive mode;

-- name: keep_alerts*!
-- An alert is made once; later reports change what it says, never when it was raised.
insert into alert (
    alert_id, story_id, raised_at, looked_at, dated_at, action, status, senders, targets, commodities, instruments,
    severity, score, reasons, headline, outlets, official, evidence_event_id
)
values (
    :alert_id, :alert_id, :now, :now, :dated_at, :action, :status, :senders, :targets, :commodities, :instruments,
    :severity, :score, :reasons, :headline, :outlets, :official, :evidence_event_id
)
on conflict (alert_id) do update set
    looked_at = excluded.looked_at,
    dated_at = excluded.dated_at,
    senders = excluded.senders,
    targets = excluded.targets,
    commodities = excluded.commodities,
    instruments = excluded.instruments,
    severity = excluded.severity,
    score = excluded.score,
    reasons = excluded.reasons,
    headline = excluded.headline,
    outlets = excluded.outlets,
    official = excluded.official,
    evidence_event_id = excluded.evidence_event_id;

-- name: keep_developments*!
insert into alert_development (alert_id, kind, source, event_id, dated_at, note)
values (:alert_id, :kind, :source, :event_id, :dated_at, :note)
on conflict (alert_id, kind, source) do nothing;

-- name: alert_ids
select alert_id
from alert
order by alert_id;
