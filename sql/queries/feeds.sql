-- name: upsert_feeds!
-- The catalogue's lines; a changed address forgets all that was learnt at the old one, and is due at once. Lines that
-- say what they said before are left alone.
insert into feed
(feed_id, title, url, home, format, kind, country, language, tier, items_per_week, stale_after_days)
select
    line.id,
    line.title,
    line.url,
    line.home,
    line.format,
    line.kind,
    line.country,
    line.language,
    line.tier,
    line.items_per_week,
    line.stale_after_days
from
    json_to_recordset(:feeds)
        as line (
            id text,
            title text,
            url text,
            home text,
            format text,
            kind text,
            country text,
            language text,
            tier integer,
            items_per_week integer,
            stale_after_days integer
        )
on conflict (feed_id) do update set
    title = excluded.title,
    url = excluded.url,
    home = excluded.home,
    format = excluded.format,
    kind = excluded.kind,
    country = excluded.country,
    language = excluded.language,
    tier = excluded.tier,
    items_per_week = excluded.items_per_week,
    stale_after_days = excluded.stale_after_days,
    listed = true,
    etag = case when feed.url = excluded.url then feed.etag end,
    last_modified = case when feed.url = excluded.url then feed.last_modified end,
    validators_url = case when feed.url = excluded.url then feed.validators_url end,
    asked_url = case when feed.url = excluded.url then feed.asked_url end,
    own_document = feed.own_document and feed.url = excluded.url,
    gone_at = case when feed.url = excluded.url then feed.gone_at end,
    merged_into = case when feed.url = excluded.url then feed.merged_into end,
    failures = case when feed.url = excluded.url then feed.failures else 0 end,
    last_error = case when feed.url = excluded.url then feed.last_error end,
    note = case when feed.url = excluded.url then feed.note end,
    next_poll_at = case when feed.url = excluded.url then feed.next_poll_at end
where
not feed.listed
or (
    feed.title,
    feed.url,
    feed.home,
    feed.format,
    feed.kind,
    feed.country,
    feed.language,
    feed.tier,
    feed.items_per_week,
    feed.stale_after_days
) is distinct from (
    excluded.title,
    excluded.url,
    excluded.home,
    excluded.format,
    excluded.kind,
    excluded.country,
    excluded.language,
    excluded.tier,
    excluded.items_per_week,
    excluded.stale_after_days
);

-- name: unlist_others!
update feed
set listed = false
where listed and feed_id <> all(:listed::text[]);

-- name: keep_login!
-- The password that an address brought along.
insert into feed_login (feed_id, origin, user_name, password)
values (:feed_id, :origin, :user_name, :password)
on conflict (feed_id) do update set
    origin = excluded.origin,
    user_name = excluded.user_name,
    password = excluded.password;

-- name: logins
-- Which origins passwords belong to.
select
    feed_id,
    origin
from feed_login;

-- name: forget_login!
-- A password belongs to an origin: a feed that was given an address elsewhere has none any more.
delete from feed_login
where feed_id = :feed_id;

-- name: due_feeds
-- Feeds whose time has come, those first that have waited longest; of feed_ids alone, where it is given, and due or
-- not, where they are asked for by name.
select
    feed.feed_id,
    feed.title,
    feed.url,
    feed.format,
    feed.kind,
    feed.language,
    feed.etag,
    feed.last_modified,
    feed.document_sha256,
    feed.failures,
    feed.asked_url,
    feed.validators_url,
    feed.own_document,
    feed.reader_version,
    feed.last_success_at,
    feed.polls,
    feed.watched_since,
    feed.items_per_hour,
    feed.asks_seconds,
    feed.skip_hours,
    feed.skip_days,
    feed_login.origin,
    feed_login.user_name,
    feed_login.password
from feed
left join feed_login on feed.feed_id = feed_login.feed_id
left join feed as survivor on feed.merged_into = survivor.feed_id
where
    feed.listed
    and (:feed_ids::text[] is null or feed.feed_id = any(:feed_ids::text[]))
    and (
        :named
        or (
            not feed.disabled
            and feed.gone_at is null
            and not coalesce(survivor.listed and not survivor.disabled, false)
            and coalesce(feed.next_poll_at <= :now, true)
        )
    )
order by feed.next_poll_at asc nulls first, feed.feed_id asc;

-- name: commit_without_waiting^
-- Commits of this connection don't wait for the disk. A machine that loses its power forgets the polls of the last
-- moment, validators and items together, and asks those feeds again; a killed process forgets nothing.
select set_config('synchronous_commit', 'off', false) as kept;

-- name: look_up_by_key^
-- All that a poll reads it finds by key, some dozens of rows in tables of millions. A plan that was made while a table
-- was small, and is kept for the connection's life, would read the whole table each time.
select
    set_config('enable_seqscan', 'off', false) as seqscan,
    set_config('enable_hashjoin', 'off', false) as hashjoin,
    set_config('enable_mergejoin', 'off', false) as mergejoin;

-- name: claim_hosts
-- The hosts that no other run asks at this moment. The claim ends with the connection, also that of a killed process.
-- The number is "POLL", an arbitrary key of ours.
select host
from unnest(:hosts::text[]) as host
where pg_try_advisory_lock(1347374156, hashtext(host));

-- name: release_hosts
select pg_advisory_unlock_all();

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

-- name: new_polls*!
-- Polls that brought no document.
insert into poll (feed_id, polled_at, url, outcome, http_status, seconds, error)
values (:feed_id, :now, :url, :outcome, :http_status, :seconds, :error);

-- name: after_poll*!
-- What a poll has taught us of a feed.
update feed
set
    etag = :etag,
    last_modified = :last_modified,
    validators_url = :validators_url,
    document_sha256 = :sha256,
    reader_version = :reader_version,
    asked_url = :asked_url,
    own_document = :own_document,
    gone_at = :gone_at,
    last_polled_at = :now,
    last_success_at = :last_success_at,
    next_poll_at = :next_poll_at,
    failures = :failures,
    last_error = :error,
    note = :note,
    polls = :polls,
    watched_since = :watched_since,
    items_per_hour = :items_per_hour,
    asks_seconds = :asks_seconds,
    skip_hours = :skip_hours,
    skip_days = :skip_days
where feed_id = :feed_id;

-- name: count_poll_items!
-- An item more is 1/168 of an item an hour, as long as the rate looks back over a week; the backlog of a feed's first
-- poll tells nothing of its rate.
with counted as (
    update poll
    set items_new = :items_new, items_changed = :items_changed
    where poll_id = :poll_id
    returning feed_id, items_new
)

update feed
set items_per_hour = feed.items_per_hour + counted.items_new / 168.0
from counted
where feed.feed_id = counted.feed_id and feed.polls > 1 and counted.items_new > 0;

-- name: keep_move!
insert into feed_address (feed_id, url, moved_to, moved_at)
values (:feed_id, :url, :moved_to, :now)
on conflict (feed_id, url, moved_to) do nothing;

-- name: feed_at^
-- Another feed that is asked at this address.
select feed_id
from feed
where
    coalesce(asked_url, url) = :url
    and feed_id <> :feed_id
    and listed
    and not disabled
    and gone_at is null
    and merged_into is null
order by feed_id
limit 1;

-- name: merge_into!
update feed
set merged_into = :survivor
where feed_id = :feed_id;

-- name: health
-- Every listed feed with its polls and items of the last week before :now, the worst first.
select
    feed.feed_id,
    feed.title,
    feed.kind,
    feed.url,
    feed.asked_url,
    feed.disabled,
    feed.gone_at,
    feed.merged_into,
    feed.last_polled_at,
    feed.last_success_at,
    feed.next_poll_at,
    feed.failures,
    feed.last_error,
    feed.note,
    feed.items_per_week,
    feed.stale_after_days,
    feed.watched_since,
    week.polls,
    week.seconds,
    coalesce(week.items, 0) as items,
    newest.dated_at as newest_item_at
from feed
left join lateral (
    select
        count(*) as polls,
        percentile_cont(0.5) within group (order by poll.seconds) as seconds,
        sum(poll.items_new) as items
    from poll
    where
        poll.feed_id = feed.feed_id
        and poll.polled_at > :now::timestamptz - interval '7 days'
        and poll.polled_at <= :now
) as week on true
left join lateral (
    select max(item.dated_at) as dated_at
    from item_sighting
    inner join item on item_sighting.item_id = item.item_id
    where item_sighting.feed_id = feed.feed_id
) as newest on true
where feed.listed
order by feed.gone_at is null asc, feed.failures desc, feed.feed_id asc;
