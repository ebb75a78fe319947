-- What polite polling remembers of a feed, beyond its last answer. Every statement can run twice.

alter table feed add column if not exists items_per_week integer;
alter table feed add column if not exists stale_after_days integer;
alter table feed add column if not exists disabled boolean not null default false;
alter table feed add column if not exists asked_url text;
alter table feed add column if not exists validators_url text;
alter table feed add column if not exists own_document boolean not null default false;
alter table feed add column if not exists gone_at timestamptz;
alter table feed add column if not exists merged_into text references feed;
alter table feed add column if not exists reader_version text;
alter table feed add column if not exists polls integer not null default 0 check (polls >= 0);
alter table feed add column if not exists watched_since timestamptz;
alter table feed add column if not exists items_per_hour double precision not null default 0
check (items_per_hour >= 0);
alter table feed add column if not exists asks_seconds integer check (asks_seconds > 0);
alter table feed add column if not exists skip_hours smallint[] not null default '{}';
alter table feed add column if not exists skip_days smallint[] not null default '{}';
alter table feed add column if not exists note text;

comment on column feed.url is 'The address as it was imported, without user name and password.';
comment on column feed.items_per_week is 'What an operator expects of it; null where nobody knows.';
comment on column feed.disabled is 'An operator has switched it off.';
comment on column feed.asked_url is 'Where permanent redirects have moved it; null: it is asked at url.';
comment on column feed.validators_url is
'The feed that a web page at the address names, where the validators are that feed''s; null: the address''s own.';
comment on column feed.own_document is
'The address itself has given a good document: a web page in its place is a failure from then on.';
comment on column feed.gone_at is 'The publisher has said 410: it is asked no more, its items stay.';
comment on column feed.merged_into is 'Another feed that is asked at the address to which this one has moved.';
comment on column feed.reader_version is 'The version of our parser that has read document_sha256.';
comment on column feed.polls is 'Good polls; the interval follows the publishing rate after ten of them.';
comment on column feed.watched_since is 'The first good poll, from which the rate counts.';
comment on column feed.items_per_hour is 'New items an hour, those of the last days counting most.';
comment on column feed.asks_seconds is 'The pause that the document itself asks for (ttl, sy:updatePeriod).';
comment on column feed.skip_hours is 'Hours (GMT, 0 to 23) in which the document asks not to be polled.';
comment on column feed.skip_days is 'The same for days (GMT, 0 is Monday).';
comment on column feed.note is 'What an operator should know although polls are good.';

create table if not exists feed_address (
    feed_id text not null references feed,
    url text not null,
    moved_to text not null,
    moved_at timestamptz not null,
    primary key (feed_id, url, moved_to)
);
comment on table feed_address is 'Permanent moves that were followed: old and new address, so that both find the feed.';

create table if not exists feed_login (
    feed_id text primary key references feed,
    origin text not null,
    user_name text not null,
    password text not null
);
comment on table feed_login is 'Passwords of feeds, apart from their addresses; never printed, logged or exported.';
comment on column feed_login.origin is 'scheme://host:port, the only place that the password is sent to.';

alter table item add column if not exists link text;
comment on column item.url is 'The page, as it is known: https, no tracking parameters; empty where there is none.';
comment on column item.link is 'The page''s address as the publisher gives it, made absolute.';
