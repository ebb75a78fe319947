-- name: upsert_subscribers*!
-- A line of the file. What its reader stopped stays stopped.
insert into subscriber (
    subscriber_id, address, name, language, time_zone, hour, countries, goods, senders, actions, names, min_severity,
    attachments, quiet, urgent, urgent_by, active, origin, added_at
)
values (
    :id, :address, :name, :language, :time_zone, :hour, :countries, :goods, :senders, :actions, :names, :min_severity,
    :attachments, :quiet, :urgent, :urgent_by, :active, :origin, :now
)
on conflict (subscriber_id) do update set
    address = excluded.address,
    name = excluded.name,
    language = excluded.language,
    time_zone = excluded.time_zone,
    hour = excluded.hour,
    countries = excluded.countries,
    goods = excluded.goods,
    senders = excluded.senders,
    actions = excluded.actions,
    names = excluded.names,
    min_severity = excluded.min_severity,
    attachments = excluded.attachments,
    quiet = excluded.quiet,
    urgent = excluded.urgent,
    urgent_by = excluded.urgent_by,
    active = excluded.active,
    origin = 'file',
    removed_at = null;

-- name: add_subscriber^
-- One made by a command; no row where the id is in use. One who was removed may come back.
insert into subscriber (
    subscriber_id, address, name, language, time_zone, hour, countries, goods, senders, actions, names, min_severity,
    attachments, quiet, urgent, urgent_by, active, origin, added_at
)
values (
    :id, :address, :name, :language, :time_zone, :hour, :countries, :goods, :senders, :actions, :names, :min_severity,
    :attachments, :quiet, :urgent, :urgent_by, :active, :origin, :now
)
on conflict (subscriber_id) do update
    set
        address = excluded.address,
        name = excluded.name,
        language = excluded.language,
        time_zone = excluded.time_zone,
        hour = excluded.hour,
        countries = excluded.countries,
        goods = excluded.goods,
        senders = excluded.senders,
        actions = excluded.actions,
        names = excluded.names,
        min_severity = excluded.min_severity,
        attachments = excluded.attachments,
        quiet = excluded.quiet,
        urgent = excluded.urgent,
        urgent_by = excluded.urgent_by,
        active = excluded.active,
        origin = excluded.origin,
        added_at = excluded.added_at,
        paused_at = null,
        removed_at = null
    where subscriber.removed_at is not null
returning subscriber_id;

-- name: retire_others!
update subscriber
set active = false
where origin = 'file' and active and subscriber_id <> all(:listed::text[]);

-- name: made_by_command
select subscriber_id
from subscriber
where origin = 'command' and removed_at is null and subscriber_id = any(:ids::text[])
order by subscriber_id;

-- name: active
select
    subscriber_id as id,
    address,
    name,
    language,
    time_zone,
    hour,
    countries,
    goods,
    senders,
    actions,
    names,
    min_severity,
    attachments,
    quiet,
    urgent,
    urgent_by,
    active
from subscriber
where active and paused_at is null and removed_at is null
order by subscriber_id;

-- name: listed
select
    subscriber.subscriber_id as id,
    subscriber.address,
    subscriber.name,
    subscriber.language,
    subscriber.time_zone,
    subscriber.hour,
    subscriber.countries,
    subscriber.goods,
    subscriber.senders,
    subscriber.actions,
    subscriber.names,
    subscriber.min_severity,
    subscriber.attachments,
    subscriber.quiet,
    subscriber.urgent,
    subscriber.urgent_by,
    subscriber.active,
    subscriber.origin,
    subscriber.added_at,
    subscriber.paused_at,
    (
        select max(delivery.sent_at)
        from delivery
        where delivery.subscriber_id = subscriber.subscriber_id
    ) as last_sent_at
from subscriber
where subscriber.removed_at is null
order by subscriber.subscriber_id;

-- name: pause!
update subscriber
set paused_at = :now
where subscriber_id = :subscriber_id and paused_at is null;

-- name: resume!
update subscriber
set
    paused_at = null,
    added_at = :now
where subscriber_id = :subscriber_id and paused_at is not null;

-- name: stop_waiting!
update delivery
set state = 'stopped'
where subscriber_id = :subscriber_id and state = 'pending';

-- name: forget_address!
update delivery
set address = ''
where subscriber_id = :subscriber_id;

-- name: remove!
update subscriber
set
    active = false,
    address = '',
    name = '',
    names = '{}',
    removed_at = :now
where subscriber_id = :subscriber_id;
