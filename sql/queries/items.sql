-- name: known_items
-- What is stored of a document's entries: by the guid that this feed uses, or by identity.
select
    item.item_id,
    item.identity,
    item.feed_id,
    item.revision,
    item_revision.content_sha256,
    item_sighting.entry_key
from item
inner join item_revision
    on item.item_id = item_revision.item_id and item.revision = item_revision.revision
left join item_sighting
    on
        item.item_id = item_sighting.item_id
        and item_sighting.feed_id = :feed_id
        and item_sighting.entry_key = any(:guids::text[])
where item.identity = any(:identities::text[]) or item_sighting.entry_key is not null;

-- name: new_item!
-- No row where another poll stored it a moment ago. Without a target: with one, a conflict on item_id, which is met
-- first where two polls store at the same time, would be an error.
insert into item (item_id, identity, feed_id, url, language, published_at, first_seen_at)
values (:item_id, :identity, :feed_id, :url, :language, :published_at, :now)
on conflict do nothing;

-- name: revise_item!
-- The date stays that of the first revision: an edit does not make old news new. No row where another poll has revised
-- it a moment ago.
update item
set revision = :revision
where item_id = :item_id and revision = :revision - 1;

-- name: new_revision!
insert into item_revision (item_id, revision, title, summary, body, content_sha256, seen_at, poll_id)
values (:item_id, :revision, :title, :summary, :body, :content_sha256, :now, :poll_id);

-- name: sight!
insert into item_sighting (feed_id, entry_key, item_id, seen_at)
values (:feed_id, :entry_key, :item_id, :now)
on conflict (feed_id, entry_key) do nothing;
