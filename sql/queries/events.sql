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

-- name: new_events*!
insert into event (
    event_id, item_id, revision, coder_version, family, action, status, senders, targets, commodities, instruments,
    evidence_field, evidence_start, evidence_end, evidence_text, rule, because, confidence,
    legal_act, announced, effective, expires
)
values (
    :event_id, :item_id, :revision, :coder_version, :family, :action, :status, :senders, :targets, :commodities,
    :instruments, :evidence_field, :evidence_start, :evidence_end, :evidence_text, :rule, :because, :confidence,
    :legal_act, :announced, :effective, :expires
)
on conflict do nothing;
