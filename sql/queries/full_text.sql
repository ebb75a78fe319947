-- name: wanting_text
-- Items of some days whose latest revision has a short summary, no text, and a page that was not asked for yet, or
-- whose text is at hand from an earlier revision; newest first. passed_gate is null for those not coded yet.
select
    item.item_id,
    item.revision,
    coalesce(item.link, item.url) as url,
    item.published_at,
    item.language,
    item_revision.title,
    item_revision.summary,
    feed.title as source,
    coding.passed_gate,
    earlier.body as known_text
from item
inner join item_revision on item.item_id = item_revision.item_id and item.revision = item_revision.revision
inner join feed on item.feed_id = feed.feed_id
left join full_text on item.item_id = full_text.item_id
left join lateral (
    select told.body
    from item_revision as told
    where told.item_id = item.item_id and told.kind = 'full text'
    order by told.revision desc
    limit 1
) as earlier on true
left join coding
    on
        item.item_id = coding.item_id
        and item.revision = coding.revision
        and coding.coder_version = :coder
where
    item.dated_at >= :since
    and item.url <> ''
    and item_revision.kind = 'feed'
    and item_revision.body is null
    and length(item_revision.summary) < :short
    and coalesce(coding.passed_gate, true)
    and (full_text.item_id is null or earlier.body is not null)
order by item.dated_at desc, item.item_id asc
limit :batch;

-- name: new_full_text!
insert into full_text (item_id, fetched_at, url, outcome, reason, http_status, document_sha256)
values (:item_id, :now, :url, :outcome, :reason, :http_status, :document_sha256)
on conflict (item_id) do nothing;

-- name: revise_with_text!
-- The item's next revision; no row where a poll has revised it meanwhile, which the next run looks at.
update item
set revision = :revision + 1
where item_id = :item_id and revision = :revision;

-- name: new_text_revision!
-- The feed's words as they were, with the text of the page.
insert into item_revision (item_id, revision, title, summary, body, content_sha256, seen_at, poll_id, kind)
select
    item_id,
    revision + 1 as revision,
    title,
    summary,
    :text as body,
    content_sha256,
    :now as seen_at,
    poll_id,
    'full text' as kind
from item_revision
where item_id = :item_id and revision = :revision;

-- name: known_robots^
select
    fetched_at,
    http_status,
    rules,
    error
from robots
where origin = :origin;

-- name: keep_robots!
insert into robots (origin, fetched_at, http_status, rules, error)
values (:origin, :now, :http_status, :rules, :error)
on conflict (origin) do update set
    fetched_at = excluded.fetched_at,
    http_status = excluded.http_status,
    rules = excluded.rules,
    error = excluded.error;

-- name: outcomes_since
-- How many pages were asked for since a moment, by what came of it.
select
    outcome,
    count(*) as pages
from full_text
where fetched_at >= :since
group by outcome
order by outcome;
