-- The way of the data, from feeds to deliveries. Every statement can run twice.

create table if not exists feed (
    feed_id text primary key check (feed_id ~ '^[a-z0-9_]+$'),
    title text not null,
    url text not null,
    home text not null,
    format text not null check (format in ('rss', 'atom', 'rdf', 'json')),
    kind text not null check (kind in ('official', 'news', 'trade', 'rights')),
    country text not null,
    language text not null,
    tier smallint not null check (tier between 1 and 3),
    listed boolean not null default true,
    etag text,
    last_modified text,
    document_sha256 text,
    next_poll_at timestamptz,
    last_polled_at timestamptz,
    last_success_at timestamptz,
    failures integer not null default 0 check (failures >= 0),
    last_error text
);
comment on table feed is 'The catalogue, with what is known of each feed''s last polls.';
comment on column feed.listed is 'False where the feed has left the catalogue; its items stay.';
comment on column feed.etag is 'Validator of the last good answer, byte for byte, sent back as If-None-Match.';
comment on column feed.document_sha256 is 'The last good document, so that an unchanged one is not parsed again.';
comment on column feed.failures is 'Polls in a row that failed; 0 after a good one.';

create table if not exists document (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    content_type text not null,
    body bytea not null,
    bytes integer not null check (bytes >= 0)
);
comment on table document is 'Fetched documents, each stored once: the evidence behind the evidence.';
comment on column document.body is 'The document as it came, compressed by zlib; bytes is its size before that.';

create table if not exists poll (
    poll_id bigint generated always as identity primary key,
    feed_id text not null references feed,
    polled_at timestamptz not null,
    url text not null,
    outcome text not null check (outcome in ('new', 'same', 'not_modified', 'failed')),
    http_status smallint,
    seconds real not null check (seconds >= 0),
    document_sha256 text references document,
    items_new integer not null default 0,
    items_changed integer not null default 0,
    error text,
    check ((outcome = 'failed') = (error is not null))
);
comment on table poll is 'One row a poll of a feed, good or bad.';
comment on column poll.url is 'The address asked, without user name and password.';
create index if not exists poll_by_feed on poll (feed_id, polled_at);

create table if not exists item (
    item_id text primary key check (item_id ~ '^[0-9a-f]{24}$'),
    identity text not null unique,
    feed_id text not null references feed,
    url text not null,
    language text,
    published_at timestamptz,
    first_seen_at timestamptz not null,
    dated_at timestamptz generated always as (
        case when published_at < first_seen_at then published_at else first_seen_at end
    ) stored,
    revision integer not null default 1 check (revision >= 1)
);
comment on table item is 'One row an entry of a feed, whatever feeds it stands in.';
comment on column item.identity is 'Canonical URL, or feed and guid where it has none; item_id is its hash.';
comment on column item.feed_id is 'The feed that it was first seen in: its outlet.';
comment on column item.dated_at is 'When it was news: its publication, but never later than it was first seen.';
comment on column item.revision is 'The latest revision.';
create index if not exists item_by_date on item (dated_at);

create table if not exists item_revision (
    item_id text not null references item,
    revision integer not null check (revision >= 1),
    title text not null,
    summary text not null,
    body text,
    content_sha256 text not null,
    seen_at timestamptz not null,
    poll_id bigint not null references poll,
    primary key (item_id, revision)
);
comment on table item_revision is 'What an item said, in each of its versions; plain text without markup.';
comment on column item_revision.body is 'Full text where the feed brings it: evidence, never exported or mailed.';

create table if not exists item_sighting (
    feed_id text not null references feed,
    entry_key text not null,
    item_id text not null references item,
    seen_at timestamptz not null,
    primary key (feed_id, entry_key)
);
comment on table item_sighting is 'Under which guid (or link) which feed carries an item.';
create index if not exists item_sighting_by_item on item_sighting (item_id);

create table if not exists coding (
    item_id text not null,
    revision integer not null,
    coder_version text not null,
    passed_gate boolean not null,
    coded_at timestamptz not null,
    primary key (item_id, revision, coder_version),
    foreign key (item_id, revision) references item_revision
);
comment on table coding is 'Which revision was coded by which coder, also where no event was found.';

create table if not exists event (
    event_id text primary key check (event_id ~ '^[0-9a-f]{24}$'),
    item_id text not null,
    revision integer not null,
    coder_version text not null,
    family text not null check (family in ('sanctions', 'diplomacy')),
    action text not null,
    status text not null check (status in ('adopted', 'proposed', 'rejected', 'background')),
    senders text[] not null,
    targets text[] not null,
    commodities text[] not null,
    instruments text[] not null,
    evidence_field text not null check (evidence_field in ('title', 'summary', 'text')),
    evidence_start integer not null check (evidence_start >= 0),
    evidence_end integer not null,
    evidence_text text not null check (evidence_text <> ''),
    rule text not null,
    because jsonb not null,
    confidence real not null check (confidence between 0 and 1),
    legal_act text,
    announced date,
    effective date,
    expires date,
    foreign key (item_id, revision, coder_version) references coding on delete cascade,
    check (evidence_end - evidence_start = length(evidence_text)),
    check (
        (family = 'sanctions' and action in ('impose', 'extend', 'ease', 'enforce'))
        or (family = 'diplomacy' and action in ('talks', 'agreement', 'release', 'restore', 'rupture'))
    )
);
comment on table event is 'Coded events (docs/codebook.md), each with the sentence that carries it.';
comment on column event.evidence_start is 'Characters into the field of that revision; end is exclusive.';
comment on column event.because is 'The words of the item that gave each part of the code.';
create index if not exists event_by_item on event (item_id, revision);

create table if not exists story (
    story_id text primary key,
    family text not null check (family in ('sanctions', 'diplomacy')),
    opened_at timestamptz not null
);
comment on table story is 'One act, whoever tells it. Its id is kept for good once it was given.';

create table if not exists story_event (
    event_id text primary key references event on delete cascade,
    story_id text not null references story
);
comment on table story_event is 'Which event tells which story; background events tell none.';
create index if not exists story_event_by_story on story_event (story_id);

create table if not exists alert (
    alert_id text primary key,
    story_id text not null unique references story,
    raised_at timestamptz not null,
    looked_at timestamptz not null,
    dated_at timestamptz not null,
    action text not null check (action in ('impose', 'extend', 'ease', 'enforce')),
    status text not null check (status = 'adopted'),
    senders text[] not null,
    targets text[] not null,
    commodities text[] not null,
    instruments text[] not null,
    severity text not null check (severity in ('high', 'medium', 'low')),
    score smallint not null check (score between 0 and 100),
    reasons jsonb not null,
    headline text not null,
    outlets integer not null check (outlets >= 1),
    official text[] not null,
    evidence_event_id text not null references event
);
comment on table alert is 'One adopted sanctions act, made once a story; no evidence, no alert.';
comment on column alert.dated_at is 'When the first item that tells it was news.';
comment on column alert.looked_at is 'When its reports were last weighed; what is coded later is not in it yet.';
comment on column alert.outlets is 'Independent outlets: syndicated copies of one text count once.';
comment on column alert.official is 'Official bodies that tell it themselves.';
comment on column alert.reasons is 'What the score is made of: a list of {reason, points}.';

create table if not exists alert_development (
    alert_id text not null references alert,
    kind text not null check (kind in ('outlet', 'official', 'legal_act')),
    source text not null,
    event_id text not null references event,
    dated_at timestamptz not null,
    note text not null,
    primary key (alert_id, kind, source)
);
comment on table alert_development is 'What came after an alert was raised: outlets, official word, the legal act.';

create table if not exists subscriber (
    subscriber_id text primary key check (subscriber_id ~ '^[a-z0-9_-]+$'),
    address text not null,
    name text not null,
    time_zone text not null,
    hour smallint not null check (hour between 0 and 23),
    active boolean not null
);
comment on table subscriber is 'Who gets the digest, at which hour of which time zone; a copy of the subscriptions.';

create table if not exists digest (
    digest_id bigint generated always as identity primary key,
    digest_date date not null,
    edition text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    alerts integer not null,
    watch integer not null,
    composed_at timestamptz not null,
    unique (digest_date, edition)
);
comment on table digest is 'Digests as they were rendered; a stored one is never rendered again.';
comment on column digest.edition is 'Whose day it is: the name of a time zone (IANA).';

create table if not exists delivery (
    delivery_id bigint generated always as identity primary key,
    subscriber_id text not null references subscriber,
    digest_date date not null,
    digest_id bigint not null references digest,
    address text not null,
    message_id text not null unique,
    state text not null default 'pending' check (state in ('pending', 'sent', 'dead')),
    attempts integer not null default 0,
    last_error text,
    not_before timestamptz not null,
    sent_at timestamptz,
    unique (subscriber_id, digest_date),
    check ((state = 'sent') = (sent_at is not null))
);
comment on table delivery is 'The outbox: one mail a subscriber and date.';
comment on column delivery.message_id is 'Fixed by subscriber and date, so that a repeat can be told from a new mail.';
comment on column delivery.state is 'dead: the server refused it for good; nothing more is tried by itself.';
create index if not exists delivery_waiting on delivery (not_before) where state = 'pending';

create table if not exists digest_entry (
    digest_id bigint not null references digest,
    alert_id text not null references alert,
    part text not null check (part in ('alert', 'development')),
    primary key (digest_id, alert_id)
);
comment on table digest_entry is 'Which alerts a digest showed, so that a late one is shown by the next.';
