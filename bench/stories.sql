-- Rows for bench/stories.py: items, one event each, and its story where they are grouped.
with numbers as materialized (select generate_series(%(first)s::integer, %(last)s::integer) as n),
items as (
    insert into item (item_id, identity, feed_id, url, language, published_at, first_seen_at)
    select substr(encode(sha256(('item ' || n)::bytea), 'hex'), 1, 24), 'item ' || n, 'bench', 'https://example.org/' || n, 'en', moment, moment
    from (select n, %(end)s::timestamptz - n * %(step)s::interval as moment from numbers) as dated
),
revisions as (
    insert into item_revision (item_id, revision, title, summary, content_sha256, seen_at, poll_id)
    select substr(encode(sha256(('item ' || n)::bytea), 'hex'), 1, 24), 1, 'Act number ' || n, '', 'x', %(end)s::timestamptz, %(poll)s from numbers
),
codings as (
    insert into coding (item_id, revision, coder_version, passed_gate, coded_at)
    select substr(encode(sha256(('item ' || n)::bytea), 'hex'), 1, 24), 1, %(coder)s, true, %(end)s from numbers
),
events as (
    insert into event (
        event_id, item_id, revision, coder_version, family, action, status, senders, targets, commodities,
        instruments, evidence_field, evidence_start, evidence_end, evidence_text, rule, because, confidence, grouped
    )
    select
        substr(encode(sha256(('event ' || n)::bytea), 'hex'), 1, 24), substr(encode(sha256(('item ' || n)::bytea), 'hex'), 1, 24), 1, %(coder)s, 'sanctions', (%(actions)s::text[])[1 + abs(n) %% 4], 'adopted', '{US}',
        array[(%(targets)s::text[])[1 + (abs(n) / 4) %% 12]], '{}', '{}', 'title', 0, length('Act number ' || n),
        'Act number ' || n, 'bench', '[]', 0.9, %(grouped)s
    from numbers
),
stories as (
    insert into story (story_id, family, opened_at)
    select 'story ' || n, 'sanctions', %(end)s from numbers where %(grouped)s::boolean
)
insert into story_event (event_id, story_id) select substr(encode(sha256(('event ' || n)::bytea), 'hex'), 1, 24), 'story ' || n from numbers where %(grouped)s::boolean
