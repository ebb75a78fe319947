-- name: upsert_subscribers*!
insert into subscriber (subscriber_id, address, name, time_zone, hour, active)
values (:id, :address, :name, :time_zone, :hour, :active)
on conflict (subscriber_id) do update set
    address = excluded.address,
    name = excluded.name,
    time_zone = excluded.time_zone,
    hour = excluded.hour,
    active = excluded.active;

-- name: retire_others!
update subscriber
set active = false
where active and subscriber_id <> all(:listed::text[]);

-- name: latest_deliveries
-- The last day that each subscriber has a mail of, whatever became of it.
select
    subscriber_id,
    max(digest_date) as latest
from delivery
group by subscriber_id;

-- name: latest_digest^
select max(digest_date) as latest
from digest
where edition = :edition;

-- name: find_digest^
select
    digest_id,
    digest_date as day,
    edition,
    subject,
    body_text as text,
    body_html as html,
    alerts,
    watch,
    composed_at
from digest
where digest_date = :day and edition = :edition;

-- name: new_digest^
-- No row where another process stored it first.
insert into digest (digest_date, edition, subject, body_text, body_html, alerts, watch, composed_at)
values (:day, :edition, :subject, :text, :html, :alerts, :watch, :now)
on conflict (digest_date, edition) do nothing
returning digest_id;

-- name: new_entries*!
insert into digest_entry (digest_id, alert_id, part)
values (:digest_id, :alert_id, :part)
on conflict do nothing;

-- name: late_alerts
-- Alerts of the last week whose own day's digest was composed before they were raised, and that none has shown since.
select alert.alert_id
from alert
inner join digest as own
    on
        own.edition = :edition
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
            and digest.digest_date < :day
    );

-- name: coverage^
select
    count(*) as items,
    count(distinct feed.home) as sources
from item
inner join feed on item.feed_id = feed.feed_id
where item.dated_at >= :first and item.dated_at < :after;

-- name: failing_feeds
select title
from feed
where listed and failures > 0
order by title;

-- name: new_deliveries*!
-- One a subscriber and date. Without a target, since two senders at the same time meet on message_id first.
insert into delivery (subscriber_id, digest_date, digest_id, address, message_id, not_before)
values (:subscriber_id, :day, :digest_id, :address, :message_id, :now)
on conflict do nothing;

-- name: count_waiting^
select count(*) as waiting
from delivery
where state = 'pending' and not_before <= :now;

-- name: claim_delivery^
-- The next mail that is due, locked until its transaction ends; mails that others send just now are passed over.
select
    delivery.delivery_id,
    delivery.subscriber_id,
    delivery.address,
    delivery.message_id,
    delivery.attempts,
    digest.digest_id,
    digest.digest_date as day,
    digest.edition,
    digest.subject,
    digest.body_text as text,
    digest.body_html as html,
    digest.alerts,
    digest.watch,
    digest.composed_at
from delivery
inner join digest on delivery.digest_id = digest.digest_id
where delivery.state = 'pending' and delivery.not_before <= :now
order by delivery.not_before, delivery.delivery_id
limit 1
for update of delivery skip locked;

-- name: delivery_sent!
update delivery
set
    state = 'sent',
    sent_at = :now,
    attempts = attempts + 1,
    last_error = null
where delivery_id = :delivery_id;

-- name: delivery_refused!
update delivery
set
    state = :state,
    attempts = attempts + 1,
    last_error = :error,
    not_before = :not_before
where delivery_id = :delivery_id;

-- name: delivery_states
-- How many mails of a digest are in which state.
select
    state,
    count(*) as mails
from delivery
where digest_id = :digest_id
group by state;
