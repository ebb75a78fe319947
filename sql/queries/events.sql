-- name: uncoded
-- Latest revisions that this coder has not seen, oldest news first, so that any restart goes on in the same order.
select
    item.item_id,
    item.revision,
    item_revision.title,
    item_revision.summary,
    item_revision.body,
    item.published_at,
    feed.title as source,
    item.url,
    item.language
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
where
    not exists (
        select 1
        from coding
        where
            coding.item_id = item.item_id
            and coding.revision = item.revision
            and coding.coder_version = :coder
    )
order by item.dated_at, item.item_id
limit :batch;

-- name: new_codings*!
insert into coding (item_id, revision, coder_version, passed_gate, coded_at)
values (:item_id, :revision, :coder_version, :passed_gate, :now)
on conflict do nothing;

-- name: mark_languages*!
-- An item is stored with the language of its feed; its words may say another.
update item
set language = :language
where item_id = :item_id and language is distinct from :language;

-- name: new_events*!
insert into event (
    event_id, item_id, revision, coder_version, family, action, status, senders, targets, commodities, instruments,
    evidence_field, evidence_start, evidence_end, evidence_text, rule, because, confidence,
    legal_act, announced, effective, expires, entities
)
values (
    :event_id, :item_id, :revision, :coder_version, :family, :action, :status, :senders, :targets, :commodities,
    :instruments, :evidence_field, :evidence_start, :evidence_end, :evidence_text, :rule, :because, :confidence,
    :legal_act, :announced, :effective, :expires, :entities
)
on conflict do nothing;

-- name: recodable
-- Latest revisions within a span that some coder has coded, in the order of the news, from after a place in it.
select
    item.item_id,
    item.revision,
    item_revision.title,
    item_revision.summary,
    item_revision.body,
    item.published_at,
    item.dated_at,
    feed.title as source,
    item.url,
    item.language
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
where
    item.dated_at >= :since
    and item.dated_at < :until
    and (item.dated_at, item.item_id) > (:after_dated, :after_id)
    and exists (
        select 1
        from coding
        where coding.item_id = item.item_id and coding.revision = item.revision and coding.coder_version <> :coder
    )
order by item.dated_at, item.item_id
limit :batch;

-- name: coded_before
-- What the newest other coder said of some revisions; background is no news.
select
    event.item_id,
    event.coder_version,
    event.action,
    event.status,
    event.senders,
    event.targets,
    event.commodities
from event
inner join item on event.item_id = item.item_id and event.revision = item.revision
where
    event.item_id = any(:items::text[])
    and event.status <> 'background'
    and event.coder_version = (
        select coding.coder_version
        from coding
        where
            coding.item_id = event.item_id
            and coding.revision = event.revision
            and coding.coder_version <> :coder
        order by coding.coded_at desc, coding.coder_version desc
        limit 1
    )
order by event.item_id, event.action, event.status, event.event_id;

-- name: stored_item^
-- One item in its latest revision.
select
    item.item_id,
    item.revision,
    item_revision.title,
    item_revision.summary,
    item_revision.body,
    item.published_at,
    feed.title as source,
    item.url,
    item.language
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
where item.item_id = :item;
