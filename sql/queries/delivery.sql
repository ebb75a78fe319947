-- name: signing_key^
select secret
from signing_key;

-- name: new_signing_key!
-- Two processes may make one at once: the first stays.
insert into signing_key (secret)
values (:secret)
on conflict do nothing;

-- name: new_deliveries*!
-- One a subscriber, edition and channel. Without a target, since two senders at once may meet on message_id first.
insert into delivery (
    subscriber_id, digest_date, edition, channel, urgent, digest_id, address, message_id, mail_from, stop_url, state,
    not_before
)
values (
    :subscriber_id, :day, :edition, :channel, :urgent, :digest_id, :address, :message_id, :mail_from, :stop_url, :state,
    :now
)
on conflict do nothing;

-- name: stop_for_those_who_left!
-- A reader who was paused, removed or taken out of the file gets nothing that still waits.
update delivery
set state = 'stopped'
from subscriber
where
    delivery.subscriber_id = subscriber.subscriber_id
    and delivery.state = 'pending'
    and (not subscriber.active or subscriber.paused_at is not null or subscriber.removed_at is not null);

-- name: count_waiting^
select count(*) as mails
from delivery
where state = 'pending' and not_before <= :now and channel = 'mail';

-- name: claim_delivery^
-- The next that is due, locked until its transaction ends; what others send just now is passed over. In the order of
-- the index delivery_next, so that ten thousand that wait are not sorted for each.
select
    delivery_id,
    subscriber_id,
    digest_id,
    channel,
    address,
    message_id,
    mail_from,
    stop_url,
    attempts,
    first_tried_at
from delivery
where
    state = 'pending'
    and not_before <= :now
    and (channel = 'mail') = :mail::boolean
order by urgent desc, not_before asc, digest_id asc, delivery_id asc
limit 1
for update skip locked;

-- name: digest_to_send^
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
where digest_id = :digest_id;

-- name: delivery_sent!
update delivery
set
    state = 'sent',
    sent_at = :now,
    first_tried_at = coalesce(first_tried_at, :now),
    attempts = attempts + 1,
    last_error = null,
    mail_sha256 = :sha256
where delivery_id = :delivery_id;

-- name: delivery_refused!
update delivery
set
    state = :state,
    first_tried_at = coalesce(first_tried_at, :now),
    attempts = attempts + 1,
    last_error = :error,
    not_before = :not_before
where delivery_id = :delivery_id;

-- name: letters
-- Rows of a state, or all, the newest first.
select
    delivery.delivery_id,
    delivery.subscriber_id,
    delivery.edition,
    delivery.channel,
    delivery.state,
    delivery.attempts,
    delivery.not_before,
    delivery.sent_at,
    delivery.last_error,
    digest.subject
from delivery
inner join digest on delivery.digest_id = digest.digest_id
where :state::text is null or delivery.state = :state::text
order by delivery.delivery_id desc
limit :most;

-- name: letter^
select
    delivery_id,
    subscriber_id,
    digest_id,
    channel,
    address,
    message_id,
    coalesce(mail_from, '') as mail_from,
    stop_url,
    mail_sha256
from delivery
where delivery_id = :delivery_id;

-- name: revive
-- Dead ones, all or those named, wait again, and have their days again too.
update delivery
set
    state = 'pending',
    not_before = :now,
    first_tried_at = null
where state = 'dead' and (:wanted::bigint[] is null or delivery_id = any(:wanted::bigint[]))
returning delivery_id;

-- name: alerts_of_digest
-- The alerts of a notice with their evidence, in the order of their weight.
select
    alert.alert_id,
    alert.headline,
    alert.action,
    alert.status,
    alert.senders,
    alert.targets,
    alert.commodities,
    alert.instruments,
    alert.severity,
    alert.score,
    alert.outlets,
    alert.official,
    alert.dated_at,
    event.evidence_text as evidence_quote,
    feed.title as evidence_outlet,
    item.url as evidence_url,
    item.dated_at as evidence_dated_at,
    event.rule as evidence_rule,
    event.coder_version as evidence_coder_version
from digest_entry
inner join alert on digest_entry.alert_id = alert.alert_id
inner join event on alert.evidence_event_id = event.event_id
inner join item on event.item_id = item.item_id
inner join feed on item.feed_id = feed.feed_id
where digest_entry.digest_id = :digest_id and digest_entry.part = 'alert'
order by alert.score desc, alert.alert_id asc;

-- name: delivery_states
-- How many mails of a day and time zone are in which state, whatever cut they are of.
select
    delivery.state,
    count(*) as mails
from delivery
inner join digest on delivery.digest_id = digest.digest_id
where digest.digest_date = :day and digest.edition = :edition and digest.kind = 'daily'
group by delivery.state;

-- name: latest_deliveries
-- The last day whose digest each subscriber has in the outbox, whatever became of it.
select
    delivery.subscriber_id,
    max(delivery.digest_date) as latest
from delivery
inner join digest on delivery.digest_id = digest.digest_id
where digest.kind = 'daily'
group by delivery.subscriber_id;

-- name: subscribers_since
-- Since when each subscriber is to get mails.
select
    subscriber_id,
    added_at
from subscriber
where active and paused_at is null and removed_at is null;

-- name: untold
-- Alerts raised since this moment that an active subscriber with urgent notices was not told of.
select
    alert.alert_id,
    alert.dated_at,
    array_agg(subscriber.subscriber_id order by subscriber.subscriber_id) as subscriber_ids
from alert
cross join subscriber
left join urgent_told
    on alert.alert_id = urgent_told.alert_id and subscriber.subscriber_id = urgent_told.subscriber_id
where
    alert.raised_at >= :since
    and alert.raised_at >= subscriber.added_at
    and alert.dated_at >= :since
    and subscriber.active
    and subscriber.paused_at is null
    and subscriber.removed_at is null
    and subscriber.urgent <> 'off'
    and urgent_told.alert_id is null
group by alert.alert_id
order by alert.dated_at, alert.alert_id;

-- name: lock_urgent^
-- One process at a time looks for notices; others wait for it and find nothing left.
select pg_advisory_xact_lock(1431454286) is null as locked;

-- name: bursts
-- Subscribers who were told as often since this moment as they are to be told at once.
select subscriber_id
from urgent_told
where told_at > :since
group by subscriber_id
having count(distinct told_at) >= :at_once;

-- name: tell_urgent*!
insert into urgent_told (subscriber_id, alert_id, told_at)
values (:subscriber_id, :alert_id, :now)
on conflict do nothing;
