-- Who wants what, and the outbox of every channel. Every statement can run twice.

alter table subscriber add column if not exists language text not null default 'en';
alter table subscriber add column if not exists countries text[] not null default '{}';
alter table subscriber add column if not exists goods text[] not null default '{}';
alter table subscriber add column if not exists senders text[] not null default '{}';
alter table subscriber add column if not exists actions text[] not null default '{}';
alter table subscriber add column if not exists names text[] not null default '{}';
alter table subscriber add column if not exists min_severity text not null default 'low';
alter table subscriber add column if not exists attachments text[] not null default '{}';
alter table subscriber add column if not exists quiet text not null default 'short';
alter table subscriber add column if not exists urgent text not null default 'off';
alter table subscriber add column if not exists urgent_by text[] not null default '{mail}';
alter table subscriber add column if not exists origin text not null default 'file';
alter table subscriber add column if not exists added_at timestamptz not null default '1970-01-01';
alter table subscriber add column if not exists paused_at timestamptz;
alter table subscriber add column if not exists removed_at timestamptz;
alter table subscriber drop constraint if exists subscriber_choices;
alter table subscriber add constraint subscriber_choices check (
    min_severity in ('low', 'medium', 'high')
    and quiet in ('short', 'nothing')
    and urgent in ('off', 'on', 'low', 'medium', 'high')
    and origin in ('file', 'command')
);
comment on column subscriber.language is 'The language that dates are written in (CLDR).';
comment on column subscriber.quiet is 'What comes on a day without a match: the short form, or nothing.';
comment on column subscriber.urgent is 'From which severity on a notice comes at once; on: from min_severity.';
comment on column subscriber.urgent_by is 'Ways of urgent notices: mail, webhook:NAME, slack:NAME.';
comment on column subscriber.origin is 'A line of the file or a command made this row; a file retires its own only.';
comment on column subscriber.added_at is 'What was raised before it is no urgent news for this subscriber.';
comment on column subscriber.paused_at is 'The reader or a command stopped the mails; no line of the file undoes it.';
comment on column subscriber.removed_at is 'The address and name were taken out here and from the outbox.';

alter table digest add column if not exists kind text not null default 'daily';
alter table digest add column if not exists cut text not null default '';
alter table digest drop constraint if exists digest_kind;
alter table digest add constraint digest_kind check (kind in ('daily', 'urgent'));
alter table digest drop constraint if exists digest_digest_date_edition_key;
create unique index if not exists digest_by_cut on digest (digest_date, edition, kind, cut);
comment on column digest.kind is 'The digest of a day, or a notice of alerts that could not wait for it.';
comment on column digest.cut is 'Empty: the whole edition. Else the fingerprint of a filter and of how it is shown.';

create table if not exists blob (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    body bytea not null
);
comment on table blob is 'Charts and attachments, each stored once, whatever mails carry it.';

create table if not exists digest_part (
    digest_id bigint not null references digest on delete cascade,
    name text not null,
    media_type text not null,
    content_id text,
    sha256 text not null references blob,
    primary key (digest_id, name)
);
comment on table digest_part is 'What a digest carries beside its text: pictures (with a content id) and attachments.';

alter table digest_entry drop constraint if exists digest_entry_part_check;
alter table digest_entry add constraint digest_entry_part_check check (part in ('alert', 'development', 'correction'));
alter table digest_entry drop constraint if exists digest_entry_pkey;
alter table digest_entry add primary key (digest_id, alert_id, part);

alter table delivery add column if not exists edition text;
update delivery
set edition = digest_date::text
where edition is null;
alter table delivery alter column edition set not null;
alter table delivery add column if not exists channel text not null default 'mail';
alter table delivery add column if not exists urgent boolean not null default false;
alter table delivery add column if not exists mail_from text;
alter table delivery add column if not exists stop_url text;
alter table delivery add column if not exists first_tried_at timestamptz;
alter table delivery add column if not exists mail_sha256 text;
alter table delivery drop constraint if exists delivery_subscriber_id_digest_date_key;
alter table delivery drop constraint if exists delivery_state_check;
alter table delivery add constraint delivery_state_check
check (state in ('pending', 'sent', 'dead', 'stopped', 'skipped'));
create unique index if not exists delivery_once on delivery (subscriber_id, edition, channel);
drop index if exists delivery_waiting;
create index if not exists delivery_next on delivery (urgent desc, not_before, digest_id, delivery_id)
where state = 'pending';
create index if not exists delivery_by_digest on delivery (digest_id);
comment on table delivery is 'The outbox: one row a subscriber, edition and channel.';
comment on column delivery.edition is 'The date of a daily digest, or the name of an urgent notice.';
comment on column delivery.channel is 'mail, webhook:NAME or slack:NAME; address is empty where it is no mail.';
comment on column delivery.state is
'pending; sent; dead: refused for good or for days; stopped: the reader left; skipped: nothing for this reader.';
comment on column delivery.mail_from is 'The sender at the time, so that the very bytes can be made again.';
comment on column delivery.stop_url is 'The signed address that ends the subscription, as the mail named it.';
comment on column delivery.mail_sha256 is 'Of the bytes that the server took.';

create table if not exists urgent_told (
    subscriber_id text not null references subscriber,
    alert_id text not null references alert,
    told_at timestamptz not null,
    primary key (subscriber_id, alert_id)
);
comment on table urgent_told is 'Which alert a subscriber was told of at once: never twice.';

create table if not exists signing_key (
    only_row boolean primary key default true check (only_row),
    secret text not null
);
comment on table signing_key is 'Signs the addresses that end a subscription, where no setting gives a key.';

alter table digest add column if not exists faults text[] not null default '{}';
comment on column digest.faults is 'What could not be rendered and was left out: for operators.';
create index if not exists poll_by_time on poll (polled_at);
create index if not exists digest_entry_by_alert on digest_entry (alert_id);
