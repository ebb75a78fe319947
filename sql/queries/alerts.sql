-- name: reports
-- Every event of the stories told in the span, dated before its end, as this coder has the item's latest revision, and
-- of older revisions those that the publisher's own edit has replaced (replaced_at): they tell what was corrected. A
-- page's text, which joins the feed's words, is no edit.
-- Outlets are told apart by their home, since one outlet has several feeds; the shortest title is its name.
with told as (
    select distinct story_event.story_id
    from story_event
    inner join event on story_event.event_id = event.event_id
    inner join item on event.item_id = item.item_id
    where item.dated_at >= :since and item.dated_at < :told_until
),

outlet as (
    select distinct on (home)
        home,
        title
    from feed
    order by home asc, length(title) asc, feed_id asc
)

select
    story_event.story_id,
    event.event_id,
    event.item_id,
    event.family,
    event.action,
    event.status,
    event.senders,
    event.targets,
    event.commodities,
    event.instruments,
    event.evidence_text as quote,
    event.rule,
    event.coder_version,
    event.confidence,
    event.legal_act,
    event.announced,
    event.effective,
    event.expires,
    array(
        select concat(named.entity ->> 'name', ' (' || (named.entity ->> 'id') || ')')
        from jsonb_array_elements(event.entities) with ordinality as named (entity, place)
        order by named.place
    ) as entities,
    item.dated_at,
    item.first_seen_at as seen_at,
    outlet.title as outlet,
    feed.kind as outlet_kind,
    feed.country as outlet_country,
    item_revision.title,
    item.url,
    concat_ws(' ', item_revision.title, item_revision.summary, item_revision.body) as wording,
    newer.seen_at as replaced_at
from told
inner join story_event on told.story_id = story_event.story_id
inner join event on story_event.event_id = event.event_id
inner join item on event.item_id = item.item_id
inner join item_revision on event.item_id = item_revision.item_id and event.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
inner join outlet on feed.home = outlet.home
left join lateral (
    -- the next wording that this coder has read; until it is read, the old one stands
    select
        later.seen_at,
        later.kind
    from item_revision as later
    inner join coding on later.item_id = coding.item_id and later.revision = coding.revision
    where
        later.item_id = event.item_id
        and later.revision > event.revision
        and coding.coder_version = event.coder_version
    order by later.revision
    limit 1
) as newer on true
where
    item.dated_at < :until
    and event.coder_version = :coder
    and (newer.kind is null or newer.kind = 'feed')
order by item.dated_at, event.event_id;

-- name: acts
-- The stories first told in the span, in a few words: the action and status that most of their events give, and the
-- codes that at least half of those that name any give.
with report as (
    select
        story_event.story_id,
        event.event_id,
        event.family,
        event.action,
        event.status,
        event.senders,
        event.targets,
        event.commodities,
        event.instruments,
        item.dated_at
    from item
    inner join event on item.item_id = event.item_id and item.revision = event.revision
    inner join story_event on event.event_id = story_event.event_id
    where item.dated_at >= :since and item.dated_at < :until and event.coder_version = :coder
),

story_act as (
    select
        story_id,
        mode() within group (order by family) as family,
        mode() within group (order by action) as action,
        mode() within group (order by status) as status,
        min(dated_at) as dated_at
    from report
    group by story_id
),

code as (
    select
        report.story_id,
        part.name,
        named.code,
        count(*) as votes
    from report
    cross join
        lateral (
            values
            ('senders', report.senders),
            ('targets', report.targets),
            ('commodities', report.commodities),
            ('instruments', report.instruments)
        ) as part (name, codes)
    cross join lateral unnest(part.codes) as named (code)
    group by report.story_id, part.name, named.code
),

namer as (
    select
        story_id,
        count(*) filter (where senders <> '{}') as senders,
        count(*) filter (where targets <> '{}') as targets,
        count(*) filter (where commodities <> '{}') as commodities,
        count(*) filter (where instruments <> '{}') as instruments
    from report
    group by story_id
),

agreed as (
    select
        code.story_id,
        array_agg(code.code order by code.code) filter (
            where code.name = 'senders' and 2 * code.votes >= namer.senders
        ) as senders,
        array_agg(code.code order by code.code) filter (
            where code.name = 'targets' and 2 * code.votes >= namer.targets
        ) as targets,
        array_agg(code.code order by code.code) filter (
            where code.name = 'commodities' and 2 * code.votes >= namer.commodities
        ) as commodities,
        array_agg(code.code order by code.code) filter (
            where code.name = 'instruments' and 2 * code.votes >= namer.instruments
        ) as instruments
    from code
    inner join namer on code.story_id = namer.story_id
    group by code.story_id
)

select
    story_act.story_id,
    story_act.family,
    story_act.action,
    story_act.status,
    story_act.dated_at,
    coalesce(agreed.senders, '{}') as senders,
    coalesce(agreed.targets, '{}') as targets,
    coalesce(agreed.commodities, '{}') as commodities,
    coalesce(agreed.instruments, '{}') as instruments
from story_act
left join agreed on story_act.story_id = agreed.story_id
order by story_act.dated_at, story_act.story_id;

-- name: lock_alerts!
-- Lets one process at a time look for new alerts; readers go on reading.
lock table alert in share row exclusive mode;

-- name: keep_alerts*!
-- An alert is made once; later reports change what it says, never when it was raised. One that was withdrawn comes back
-- when somebody tells it again.
insert into alert (
    alert_id, story_id, raised_at, looked_at, dated_at, action, status, senders, targets, commodities, instruments,
    severity, score, reasons, headline, outlets, official, evidence_event_id, announced, effective, expires, legal_act,
    confirmed_at, confirmed_by, lead_minutes, links, told, entities
)
values (
    :alert_id, :alert_id, :now, :now, :dated_at, :action, :status, :senders, :targets, :commodities, :instruments,
    :severity, :score, :reasons, :headline, :outlets, :official, :evidence_event_id, :announced, :effective, :expires,
    :legal_act, :confirmed_at, :confirmed_by, :lead_minutes, :links, :told, :entities
)
on conflict (alert_id) do update set
    looked_at = excluded.looked_at,
    dated_at = excluded.dated_at,
    action = excluded.action,
    senders = excluded.senders,
    targets = excluded.targets,
    commodities = excluded.commodities,
    instruments = excluded.instruments,
    severity = excluded.severity,
    score = excluded.score,
    reasons = excluded.reasons,
    headline = excluded.headline,
    outlets = excluded.outlets,
    official = excluded.official,
    evidence_event_id = excluded.evidence_event_id,
    announced = excluded.announced,
    effective = excluded.effective,
    expires = excluded.expires,
    legal_act = excluded.legal_act,
    confirmed_at = excluded.confirmed_at,
    confirmed_by = excluded.confirmed_by,
    lead_minutes = excluded.lead_minutes,
    links = excluded.links,
    told = excluded.told,
    entities = excluded.entities,
    withdrawn_at = null,
    withdrawn_because = null;

-- name: withdraw_alerts*!
update alert
set
    looked_at = :now,
    withdrawn_at = :at,
    withdrawn_because = :note
where alert_id = :alert_id;

-- name: withdraw_untold!
-- Alerts that a rebuild no longer makes.
update alert
set
    looked_at = :now,
    withdrawn_at = :now,
    withdrawn_because = :note
where withdrawn_at is null and alert_id <> all(:made::text[]);

-- name: changes
-- What the alerts that stand bring to the ledger.
select
    alert.alert_id,
    alert.action,
    alert.senders,
    alert.targets,
    alert.commodities,
    alert.instruments,
    alert.announced,
    alert.effective,
    alert.expires,
    alert.legal_act,
    alert.confirmed_at,
    alert.entities,
    event.evidence_text as words,
    nullif(item.url, '') as source_url
from alert
inner join event on alert.evidence_event_id = event.event_id
inner join item on event.item_id = item.item_id
where alert.withdrawn_at is null and alert.announced is not null
order by alert.alert_id;

-- name: list_alerts
-- Alerts first told in a span, the newest first.
select
    alert_id,
    dated_at,
    action,
    senders,
    targets,
    commodities,
    severity,
    score,
    headline,
    outlets,
    official,
    announced,
    effective,
    expires,
    legal_act,
    entities,
    confirmed_at,
    confirmed_by,
    lead_minutes,
    withdrawn_at
from alert
where
    dated_at >= :since
    and dated_at < :until
    and (:severity::text is null or severity = :severity)
    and (:withdrawn or withdrawn_at is null)
order by dated_at desc, alert_id asc;

-- name: alert^
select
    alert.alert_id,
    alert.story_id,
    alert.raised_at,
    alert.looked_at,
    alert.dated_at,
    alert.action,
    alert.status,
    alert.senders,
    alert.targets,
    alert.commodities,
    alert.instruments,
    alert.severity,
    alert.score,
    alert.reasons,
    alert.headline,
    alert.outlets,
    alert.official,
    alert.announced,
    alert.effective,
    alert.expires,
    alert.legal_act,
    alert.confirmed_at,
    alert.confirmed_by,
    alert.lead_minutes,
    alert.links,
    alert.told,
    alert.entities,
    alert.withdrawn_at,
    alert.withdrawn_because,
    event.evidence_text as quote,
    event.rule,
    event.coder_version,
    item.url,
    feed.title as outlet
from alert
inner join event on alert.evidence_event_id = event.event_id
inner join item on event.item_id = item.item_id
inner join feed on item.feed_id = feed.feed_id
where alert.alert_id = :alert_id;

-- name: alert_states
-- What some alerts say, for telling whether a second look changed it.
select
    alert_id,
    action,
    senders,
    targets,
    commodities,
    instruments,
    score,
    headline,
    outlets,
    official,
    announced,
    effective,
    expires,
    legal_act,
    entities,
    confirmed_at,
    withdrawn_at
from alert
where alert_id = any(:alerts::text[]);

-- name: alert_steps
select
    kind,
    source,
    dated_at,
    note
from alert_development
where alert_id = :alert_id
order by dated_at, kind, source;

-- name: told_span^
-- When the oldest and the newest event of a story was news.
select
    min(item.dated_at) as first,
    max(item.dated_at) as last
from story_event
inner join event on story_event.event_id = event.event_id
inner join item on event.item_id = item.item_id
where event.coder_version = :coder;

-- name: keep_developments*!
insert into alert_development (alert_id, kind, source, event_id, dated_at, note)
values (:alert_id, :kind, :source, :event_id, :dated_at, :note)
on conflict (alert_id, kind, source) do update set
    event_id = excluded.event_id,
    dated_at = excluded.dated_at,
    note = excluded.note;

-- name: alert_ids
select alert_id
from alert
order by alert_id;
