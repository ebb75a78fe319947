-- Each statement gives the columns that exports/tables.yaml declares under its name.

-- name: events
-- Events of items dated in the span, as this coder has the latest revision of their items, background among them.
select
    event.event_id,
    event.item_id,
    story_event.story_id,
    item.dated_at,
    feed.title as outlet,
    event.family,
    event.action,
    event.status,
    event.senders,
    event.targets,
    event.commodities,
    event.instruments,
    event.evidence_field,
    event.evidence_start,
    event.evidence_end,
    event.evidence_text as evidence,
    event.rule,
    event.confidence,
    event.coder_version,
    event.legal_act,
    item.url
from event
inner join item on event.item_id = item.item_id and event.revision = item.revision
inner join feed on item.feed_id = feed.feed_id
left join story_event on event.event_id = story_event.event_id
where
    item.dated_at >= :first
    and item.dated_at < :after
    and event.coder_version = :coder
order by item.dated_at, event.event_id;

-- name: items
-- Title, link and the beginning of the summary; many feeds send the whole article as one. Never the full text.
select
    item.item_id,
    item.dated_at,
    item.published_at,
    item.first_seen_at,
    feed.title as outlet,
    feed.kind as outlet_kind,
    item.language,
    item_revision.title,
    item.url,
    case
        when length(item_revision.summary) > 500 then left(item_revision.summary, 499) || '…'
        else item_revision.summary
    end as summary,
    (
        select count(*)
        from event
        where
            event.item_id = item.item_id
            and event.revision = item.revision
            and event.coder_version = :coder
    ) as events,
    item.revision
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
where item.dated_at >= :first and item.dated_at < :after
order by item.dated_at, item.item_id;

-- name: stories
-- Stories told in the span, with all that tells them.
select
    story.story_id,
    story.family,
    story.opened_at,
    max(item.dated_at) as last_told_at,
    count(distinct event.item_id) as items,
    count(distinct item.feed_id) as feeds,
    array_agg(distinct event.status order by event.status) as statuses,
    alert.alert_id
from story
inner join story_event on story.story_id = story_event.story_id
inner join event on story_event.event_id = event.event_id
inner join item on event.item_id = item.item_id and event.revision = item.revision
left join alert on story.story_id = alert.story_id
where event.coder_version = :coder
group by story.story_id, story.family, story.opened_at, alert.alert_id
having max(item.dated_at) >= :first and min(item.dated_at) < :after
order by max(item.dated_at), story.story_id;

-- name: feeds
-- Every feed that was ever listed, as it fares now. The span and the coder play no part.
select
    feed.feed_id,
    feed.title,
    feed.home,
    feed.kind,
    feed.country,
    feed.language,
    feed.listed,
    feed.last_polled_at,
    feed.last_success_at,
    feed.failures,
    (
        select count(*)
        from item
        where item.feed_id = feed.feed_id
    ) as items
from feed
order by feed.feed_id;

-- name: measures
-- The ledger, every step of every entry. The span and the coder play no part.
select
    entry_id,
    step,
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
    legal_act,
    source_url as source,
    confirmed,
    change,
    to_review,
    alert_id
from ledger
order by entry_id, step;
