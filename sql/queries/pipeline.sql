-- name: not_looked_at^
-- The oldest report of an adopted act that its alert has not taken in yet, or that was edited since its alert was last
-- looked at; nothing where all have.
with unheard as (
    select item.dated_at
    from event
    inner join item on event.item_id = item.item_id and event.revision = item.revision
    inner join coding
        on
            event.item_id = coding.item_id
            and event.revision = coding.revision
            and event.coder_version = coding.coder_version
    inner join story_event on event.event_id = story_event.event_id
    left join alert on story_event.story_id = alert.story_id
    where
        event.coder_version = :coder
        and event.family = 'sanctions'
        and event.status = 'adopted'
        and (alert.alert_id is null or coding.coded_at > alert.looked_at)
),

edited as (
    select item.dated_at
    from alert
    inner join story_event on alert.story_id = story_event.story_id
    inner join event on story_event.event_id = event.event_id
    inner join item on event.item_id = item.item_id
    inner join coding
        on
            event.item_id = coding.item_id
            and event.revision < coding.revision
            and event.coder_version = coding.coder_version
    where event.coder_version = :coder and coding.coded_at > alert.looked_at
)

select least((select min(dated_at) from unheard), (select min(dated_at) from edited)) as oldest;
