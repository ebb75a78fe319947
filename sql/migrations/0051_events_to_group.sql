-- Which events have no story yet is read from a small index, not from all events, however many stories there are.
-- depends: 0050_event_entities

alter table event add column if not exists grouped boolean not null default false;
comment on column event.grouped is 'Whether the event was given its story; background events never are.';

update event
set grouped = true
where
    not grouped
    and exists (
        select 1
        from story_event
        where story_event.event_id = event.event_id
    );

create index if not exists event_to_group on event (coder_version, item_id)
where not grouped and status <> 'background';
