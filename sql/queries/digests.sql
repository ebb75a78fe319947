-- name: latest_digest^
select max(digest_date) as latest
from digest
where edition = :edition and kind = 'daily' and cut = '';

-- name: find_digest^
select
    digest_id,
    digest_date as day,
    edition,
    kind,
    cut,
    subject,
    body_text as text,
    body_html as html,
    alerts,
    watch,
    composed_at
from digest
where digest_date = :day and edition = :edition and kind = :kind and cut = :cut;

-- name: new_digest^
-- No row where another process stored it first.
insert into digest (
    digest_date, edition, kind, cut, subject, body_text, body_html, alerts, watch, faults, composed_at
)
values (:day, :edition, :kind, :cut, :subject, :text, :html, :alerts, :watch, :faults, :now)
on conflict (digest_date, edition, kind, cut) do nothing
returning digest_id;

-- name: new_entries*!
insert into digest_entry (digest_id, alert_id, part)
values (:digest_id, :alert_id, :part)
on conflict do nothing;

-- name: new_blobs*!
insert into blob (sha256, body)
values (:sha256, :body)
on conflict do nothing;

-- name: new_parts*!
insert into digest_part (digest_id, name, media_type, content_id, sha256)
values (:digest_id, :name, :media_type, :content_id, :sha256)
on conflict do nothing;

-- name: parts
select
    digest_part.name,
    digest_part.media_type,
    digest_part.content_id,
    blob.body
from digest_part
inner join blob on digest_part.sha256 = blob.sha256
where digest_part.digest_id = :digest_id
order by digest_part.name;

-- name: faults
-- What could not be rendered in the digests of a day and time zone, whole or cut.
select faults
from digest
where digest_date = :day and edition = :edition and kind = 'daily' and faults <> '{}'
order by digest_id;

-- name: late_alerts
-- Alerts of the last week whose own day's digest was composed before they were raised, and that none has shown since.
select alert.alert_id
from alert
inner join digest as own
    on
        own.edition = :edition
        and own.kind = 'daily'
        and own.cut = ''
        and own.digest_date = (alert.dated_at at time zone :edition)::date
        and alert.raised_at > own.composed_at
where
    own.digest_date < :day
    and own.digest_date >= :day::date - 7
    and not exists (
        select 1
        from digest_entry
        inner join digest on digest_entry.digest_id = digest.digest_id
        where
            digest_entry.alert_id = alert.alert_id
            and digest_entry.part = 'alert'
            and digest.edition = :edition
            and digest.kind = 'daily'
            and digest.cut = ''
            and digest.digest_date < :day
    );

-- name: withdrawn
-- Alerts that the whole edition told on earlier days, that do not stand any more, and that it has not named since.
-- The event an alert rested on goes where its item is coded anew; then only the alert's own row is left to name it.
with told as (
    select
        digest_entry.alert_id,
        min(digest.digest_date) as told_on
    from digest_entry
    inner join digest on digest_entry.digest_id = digest.digest_id
    where
        digest_entry.part = 'alert'
        and digest.edition = :edition
        and digest.kind = 'daily'
        and digest.cut = ''
        and digest.digest_date < :day
    group by digest_entry.alert_id
)

select
    alert.alert_id,
    alert.headline,
    alert.action,
    alert.severity,
    alert.senders,
    alert.targets,
    alert.commodities,
    told.told_on,
    case
        when item.revision > event.revision
            then feed.title || ' has changed its report, which no longer says so'
        else 'on a second reading, the reports do not say so'
    end as reason
from alert
inner join told on alert.alert_id = told.alert_id
inner join event on alert.evidence_event_id = event.event_id
inner join item on event.item_id = item.item_id
inner join feed on item.feed_id = feed.feed_id
where
    alert.dated_at >= :since
    and alert.alert_id <> all(:standing::text[])
    and not exists (
        select 1
        from digest_entry
        inner join digest on digest_entry.digest_id = digest.digest_id
        where
            digest_entry.alert_id = alert.alert_id
            and digest_entry.part = 'correction'
            and digest.edition = :edition
            and digest.kind = 'daily'
            and digest.cut = ''
            and digest.digest_date < :day
    )
order by alert.score desc, alert.alert_id asc;

-- name: coverage^
-- Items of the span and the homes of their feeds; and how many feeds are polled.
select
    count(*) as items,
    count(distinct feed.home) as sources,
    (
        select count(*)
        from feed as polled
        where
            polled.listed
            and not polled.disabled
            and polled.merged_into is null
            and polled.gone_at is null
            and polled.polls > 0
    ) as feeds
from item
inner join feed on item.feed_id = feed.feed_id
where item.dated_at >= :first and item.dated_at < :after;

-- name: failing_feeds
select
    title,
    last_success_at
from feed
where listed and not disabled and merged_into is null and gone_at is null and failures > 0
order by title;

-- name: ended_feeds
-- Feeds that their publishers have ended, until somebody disables them or mends their addresses; the last one first.
select
    title,
    last_error
from feed
where listed and not disabled and merged_into is null and gone_at is not null
order by gone_at desc, title asc;

-- name: silences
-- The times within a span in which no feed gave an answer for longer than allowed; since is empty where none ever did.
with answered as (
    select polled_at
    from poll
    where outcome <> 'failed' and polled_at < :until and polled_at >= :first::timestamptz - interval '14 days'
    union
    select :until::timestamptz
),

steps as (
    select
        lag(polled_at) over (order by polled_at asc) as since,
        polled_at as until
    from answered
)

select
    since,
    until
from steps
where until > :first and (since is null or until - since > :longest)
order by until;
