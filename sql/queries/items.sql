-- name: known_items
-- What is stored of a document's entries: by the key that this feed uses (entry_key), and by identity.
with named as (
    select
        item_id,
        entry_key
    from item_sighting
    where feed_id = :feed_id and entry_key = any(array(select key.* from json_array_elements_text(:keys) as key))
    union all
    select
        item_id,
        null as entry_key
    from item
    where identity = any(array(select each.* from json_array_elements_text(:identities) as each))
)

select
    item.item_id,
    item.identity,
    item.feed_id,
    item.revision,
    item_revision.content_sha256,
    item_revision.title,
    item.url,
    item.published_at,
    named.entry_key
from named
inner join item on named.item_id = item.item_id
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision;

-- name: store_entries^
-- The items of a document that nobody had, and new revisions of those that it words otherwise, in one statement. None
-- where another poll has stored or revised them a moment ago. The date stays that of the first revision: an edit does
-- not make old news new.
with each as materialized (
    select entry.*
    from json_to_recordset(:entries) as entry (
        item_id text,
        revision integer,
        identity text,
        url text,
        link text,
        published_at timestamptz,
        title text,
        summary text,
        body text,
        content_sha256 text
    )
),

written as (
    insert into item (item_id, identity, feed_id, url, link, language, published_at, first_seen_at)
    select
        each.item_id,
        each.identity,
        :feed_id,
        each.url,
        each.link,
        :language,
        each.published_at,
        :now
    from each
    where each.revision = 1
    -- in one order everywhere, so that two polls that bring the same items never wait for each other
    order by each.item_id
    on conflict do nothing
    returning item_id
),

ready as (
    select item.item_id
    from each
    inner join item on each.item_id = item.item_id
    where each.revision > 1
    order by item.item_id
    for update of item
),

revised as (
    update item
    set revision = each.revision
    from ready
    inner join each on ready.item_id = each.item_id
    where item.item_id = each.item_id and item.revision = each.revision - 1
    returning item.item_id
),

worded as (
    insert into item_revision (item_id, revision, title, summary, body, content_sha256, seen_at, poll_id)
    select
        each.item_id,
        each.revision,
        each.title,
        each.summary,
        each.body,
        each.content_sha256,
        :now,
        :poll_id
    from each
    where
        each.item_id in (select written.item_id from written)
        or each.item_id in (select revised.item_id from revised)
)

select
    (select count(*) from written) as items_new,
    (select count(*) from revised) as items_changed;

-- name: sight!
-- A key that is used again for another item leads to that one from now on.
insert into item_sighting (feed_id, entry_key, item_id, seen_at)
select
    :feed_id,
    each.entry_key,
    each.item_id,
    :now
from unnest(:keys::text[], :item_ids::text[]) as each (entry_key, item_id)
order by each.entry_key
on conflict (feed_id, entry_key) do update set
    item_id = excluded.item_id,
    seen_at = excluded.seen_at
where item_sighting.item_id <> excluded.item_id;

-- name: told_items
-- Every item in its latest revision, the oldest first; of one feed, where it is given.
select
    item.item_id as id,
    feed.url as feed,
    item_revision.title,
    item_revision.summary,
    coalesce(item.link, item.url) as link,
    case
        when item.published_at > item.first_seen_at + interval '1 day' then item.first_seen_at
        else item.published_at
    end as published_at,
    item.revision
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
where :feed_id::text is null or item.feed_id = :feed_id
order by item.dated_at, item.item_id;
