-- What is let go after its time. Evidence is an item with an event, its revisions, and the documents they came in.

-- name: forget_texts!
-- The full texts of items that no event rests on; titles, links and summaries stay, so that nothing comes back as new.
update item_revision
set body = null
where
    body is not null
    and seen_at < :before
    and not exists (
        select 1
        from event
        where event.item_id = item_revision.item_id
    );

-- name: forget_old_evidence!
-- The full texts of items whose events are older than evidence is kept; the quoted sentence stays.
update item_revision
set body = null
where body is not null and seen_at < :before;

-- name: release_documents!
-- Polls let go of documents that no revision with an event came in; after its time, of evidence too.
update poll
set document_sha256 = null
where
    document_sha256 is not null
    and polled_at < :before
    and (
        polled_at < :evidence_before
        or not exists (
            select 1
            from item_revision
            inner join event on item_revision.item_id = event.item_id
            where item_revision.poll_id = poll.poll_id
        )
    );

-- name: release_pages!
-- The same for the pages that full texts came from.
update full_text
set document_sha256 = null
where
    document_sha256 is not null
    and fetched_at < :before
    and (
        fetched_at < :evidence_before
        or not exists (
            select 1
            from event
            where event.item_id = full_text.item_id
        )
    );

-- name: delete_documents!
delete from document
where
    not exists (
        select 1
        from poll
        where poll.document_sha256 = document.sha256
    )
    and not exists (
        select 1
        from full_text
        where full_text.document_sha256 = document.sha256
    );

-- name: delete_polls!
-- Polls that brought no item that is still there; the latest of each feed stays.
delete from poll
where
    polled_at < :before
    and not exists (
        select 1
        from item_revision
        where item_revision.poll_id = poll.poll_id
    )
    and exists (
        select 1
        from poll as later
        where later.feed_id = poll.feed_id and later.polled_at > poll.polled_at
    );

-- name: forget_addresses!
-- Who got which mail, after the time for which a mail can be shown again.
update delivery
set
    address = '',
    stop_url = null
where address <> '' and state <> 'pending' and coalesce(sent_at, not_before) < :before;

-- name: dead_letters^
select count(*) as dead
from delivery
where state = 'dead';

-- name: holds_data^
-- Whether anything was collected in this database.
select exists (
    select 1
    from item
) or exists (
    select 1
    from subscriber
) or exists (
    select 1
    from digest
) as holds;
