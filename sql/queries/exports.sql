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
-- Title, link and summary; never the full text.
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
    item_revision.summary,
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
