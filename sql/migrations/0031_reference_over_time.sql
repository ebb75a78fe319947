-- Memberships with dates, dependence, buyers, tables to opt in to, and refreshed tables. Every statement can run twice.

create table if not exists membership (
    body text not null references organisation,
    alpha2 text not null references country,
    since date,
    until date check (until >= since),
    primary key (body, alpha2)
);
comment on table membership is 'Who was a member of which body. A body in a coded event means those of its day.';
comment on column membership.since is 'Null where it is not known: long ago for most.';

create table if not exists country_commodity_share_optin (
    commodity_id text not null references commodity,
    measure text not null check (measure in ('production', 'exports', 'imports', 'reserves', 'consumption')),
    rank integer check (rank >= 1),
    alpha2 text not null references country,
    world_share double precision not null check (world_share between 0 and 1.05),
    value double precision check (value >= 0),
    unit text,
    year integer not null check (year between 1990 and 2100),
    source text not null,
    licence text not null,
    primary key (commodity_id, measure, alpha2, source)
);
comment on table country_commodity_share_optin is
'Shares from sources whose terms are not open or not settled; used only where the setting `licences` allows them.';

create table if not exists import_reliance (
    alpha2 text not null references country,
    commodity_id text not null references commodity,
    good text not null,
    bound text check (bound in ('more than', 'less than')),
    net_import_share double precision not null check (net_import_share between 0 and 1),
    suppliers text[] not null,
    suppliers_from integer not null,
    suppliers_to integer not null,
    year integer not null check (year between 1990 and 2100),
    source text not null,
    licence text not null,
    primary key (alpha2, commodity_id)
);
comment on table import_reliance is 'Which part of its use of some goods a country imports, and its main suppliers.';

create table if not exists bilateral_trade (
    commodity_id text not null references commodity,
    exporter text not null references country,
    importer text not null references country,
    year integer not null check (year between 1990 and 2100),
    value_usd double precision not null check (value_usd >= 0),
    share double precision not null check (share between 0 and 1),
    source text not null,
    licence text not null,
    primary key (commodity_id, exporter, importer, year, source)
);
comment on table bilateral_trade is 'Buyers of the very goods; empty until an operator loads a source.';

alter table reference_load add column if not exists refreshed_from text;
alter table reference_load add column if not exists refreshed_at timestamptz;
comment on column reference_load.refreshed_from is
'The public service that a newer table came from; it stays until its file changes or it is refreshed again.';
