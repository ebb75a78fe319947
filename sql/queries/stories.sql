-- name: ungrouped
-- The events that belong to no story yet: when, what, and who takes part.
select
    item.dated_at,
    event.action,
    event.senders || event.targets as parties
from event
inner join item on event.item_id = item.item_id and event.revision = item.revision
where event.coder_version = :coder and event.status <> 'background' and not event.grouped;

-- name: candidates
-- The events of a span that do the same or name the same parties, grouped or not, of any revision and by any coder:
-- what an older wording or an older coder said keeps the story for what the newer one says.
select
    event.event_id,
    event.item_id,
    item.dated_at,
    feed.title as source,
    item_revision.title,
    event.action,
    event.status,
    event.senders,
    event.targets,
    event.commodities,
    event.instruments,
    event.evidence_field,
    event.evidence_start,
    event.evidence_end,
    event.evidence_text,
    event.rule,
    event.confidence,
    event.legal_act,
    event.announced,
    event.effective,
    event.expires,
    story_event.story_id
from event
inner join item on event.item_id = item.item_id
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
left join story_event on event.event_id = story_event.event_id
where
    item.dated_at >= :first
    and item.dated_at <= :last
    and event.status <> 'background'
    and event.action = any(:actions::text[])
    and (event.targets && :parties::text[] or event.senders && :parties::text[] or cardinality(event.targets) = 0)
order by item.dated_at, event.event_id;

-- name: story_ids
select story_id
from story
where story_id = any(:wanted::text[]);

-- name: new_stories*!
insert into story (story_id, family, opened_at)
values (:story_id, :family, :opened_at)
on conflict (story_id) do nothing;

-- name: join_stories*!
insert into story_event (event_id, story_id)
values (:event_id, :story_id)
on conflict (event_id) do nothing;

-- name: mark_grouped!
update event
set grouped = true
where event_id = any(:events::text[]);
