-- name: upsert_feeds*!
-- The catalogue's lines; a changed address forgets the validators of the old one, and is due at once.
insert into feed (feed_id, title, url, home, format, kind, country, language, tier)
values (:id, :title, :url, :home, :format, :kind, :country, :language, :tier)
on conflict (feed_id) do update set
    title = excluded.title,
    url = excluded.url,
    home = excluded.home,
    format = excluded.format,
    kind = excluded.kind,
    country = excluded.country,
    language = excluded.language,
    tier = excluded.tier,
    listed = true,
    etag = case when feed.url = excluded.url then feed.etag end,
    last_modified = case when feed.url = excluded.url then feed.last_modified end,
    next_poll_at = case when feed.url = excluded.url then feed.next_poll_at end;

-- name: unlist_others!
update feed
set listed = false
where listed and feed_id <> all(:listed::text[]);

-- name: due_feeds
-- Listed feeds whose time has come; those named, where feed_ids is given.
select
    feed_id,
    title,
    url,
    kind,
    language,
    etag,
    last_modified,
    document_sha256,
    failures
from feed
where
    listed
    and case
        when :feed_ids::text[] is null then coalesce(next_poll_at <= :now, true)
        else feed_id = any(:feed_ids::text[])
    end
order by feed_id;

-- name: keep_document!
insert into document (sha256, content_type, body, bytes)
values (:sha256, :content_type, :body, :bytes)
on conflict (sha256) do nothing;

-- name: new_poll^
insert into poll (feed_id, polled_at, url, outcome, http_status, seconds, document_sha256, error)
values (
    :feed_id,
    :now,
    :url,
    :outcome,
    :http_status,
    :seconds,
    :document_sha256,
    :error
)
returning poll_id;

-- name: feed_succeeded!
-- A 200 without validators clears the old ones; a 304 repeats them.
update feed
set
    etag = :etag,
    last_modified = :last_modified,
    document_sha256 = :sha256,
    last_polled_at = :now,
    last_success_at = :now,
    next_poll_at = :next_poll_at,
    failures = 0,
    last_error = null
where feed_id = :feed_id;

-- name: feed_failed!
-- The validators stay those of the last good answer.
update feed
set
    last_polled_at = :now,
    next_poll_at = :next_poll_at,
    failures = :failures,
    last_error = :error
where feed_id = :feed_id;

-- name: health
-- Every listed feed with its last polls, the worst first.
select
    feed_id,
    title,
    kind,
    last_polled_at,
    last_success_at,
    failures,
    last_error
from feed
where listed
order by failures desc, feed_id asc;

-- name: count_poll_items!
update poll
set items_new = :items_new, items_changed = :items_changed
where poll_id = :poll_id;
