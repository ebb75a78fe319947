-- Sources without a feed, feeds that an operator switches off, and full texts. Every statement can run twice.

alter table feed drop constraint if exists feed_format_check;
alter table feed add constraint feed_format_check
check (format in ('rss', 'atom', 'rdf', 'json', 'html_list', 'json_api'));

alter table feed add column if not exists disabled_reason text;
alter table feed add column if not exists disabled_at timestamptz;
comment on column feed.disabled_reason is 'Why an operator has switched it off, in their words.';

alter table item_revision add column if not exists kind text not null default 'feed'
check (kind in ('feed', 'full text'));
comment on column item_revision.kind is
'Who words it: the feed, or the feed with the text of the page. A page''s text never changes what the feed said, so '
'content_sha256 stays that of the feed''s words and the next poll finds nothing new.';
comment on column item_revision.body is 'Full text, of the feed or of the page: evidence, never exported or mailed.';

create table if not exists full_text (
    item_id text primary key references item,
    fetched_at timestamptz not null,
    url text not null,
    outcome text not null check (
        outcome in ('text', 'forbidden', 'refused', 'paywall', 'no text', 'unreadable', 'failed')
    ),
    reason text,
    http_status smallint,
    document_sha256 text references document,
    check ((outcome = 'text') = (reason is null))
);
comment on table full_text is
'What came of asking for an item''s page, once an item. Where no text came, its summary stands alone.';
comment on column full_text.url is 'The page that was asked, after redirects.';
comment on column full_text.outcome is
'forbidden: by robots.txt, the page was not asked. refused: by the publisher''s answer. paywall: the page says that '
'it is not for everybody. no text: too little of it. unreadable: no kind of document we read. failed: no answer.';

create table if not exists robots (
    origin text primary key,
    fetched_at timestamptz not null,
    http_status smallint,
    rules text,
    error text
);
comment on table robots is 'robots.txt by origin (scheme://host:port), asked at most once a day (RFC 9309).';
comment on column robots.rules is 'Its text; empty where the site has none, null where it could not be had.';
