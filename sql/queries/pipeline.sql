-- name: not_looked_at^
-- The oldest report of an adopted act that its alert has not taken in yet; nothing where all have.
select min(item.dated_at) as oldest
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
    and (alert.alert_id is null or coding.coded_at > alert.looked_at);
