-- The reference tables, copies of the CSV files in sql/reference. Every statement can run twice.
-- Loading replaces them whole, in one transaction; an empty cell of a file is null here, which means: unknown.

create table if not exists reference_load (
    table_name text primary key,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    rows integer not null check (rows >= 0),
    loaded_at timestamptz not null
);
comment on table reference_load is 'Which version of each reference table is loaded.';
comment on column reference_load.sha256 is
'Of the CSV file and its declaration, so that an unchanged one is not loaded again.';

create table if not exists country (
    alpha2 text primary key check (alpha2 ~ '^[A-Z]{2}$'),
    alpha3 text not null unique check (alpha3 ~ '^[A-Z]{3}$'),
    numeric text check (numeric ~ '^[0-9]{3}$'),
    name text not null unique,
    official_name text not null,
    region text,
    subregion text,
    alt_names text[] not null,
    eu boolean not null,
    g7 boolean not null,
    g20 boolean not null,
    oecd boolean not null,
    nato boolean not null,
    eaeu boolean not null,
    brics boolean not null,
    opec boolean not null,
    un boolean not null,
    population bigint check (population >= 0),
    population_year integer,
    gdp_usd bigint check (gdp_usd >= 0),
    gdp_year integer
);
comment on table country is 'States and territories by ISO 3166-1 alpha-2, and XK for Kosovo. NA is Namibia.';
comment on column country.numeric is 'UN M49 code with its leading zeros; Kosovo has none.';
comment on column country.g20 is 'Member by itself, not through the EU.';
comment on column country.gdp_usd is 'US dollars of gdp_year.';

create table if not exists organisation (
    code text primary key check (code ~ '^[A-Z0-9]+$'),
    name text not null unique,
    kind text not null check (kind in ('intergovernmental', 'forum', 'court', 'company')),
    aliases text[] not null,
    url text,
    imposes_sanctions text not null
);
comment on table organisation is
'Bodies that impose, annul or watch sanctions; no code of theirs is that of a state.';
comment on column organisation.code is 'AFU is the African Union, since AU is Australia.';
comment on column organisation.imposes_sanctions is 'yes, no, or the limit of what it does.';

create table if not exists commodity (
    commodity_id text primary key check (commodity_id ~ '^[a-z][a-z0-9_]*$'),
    name text not null unique,
    sector text not null,
    unit text not null,
    hs2022 text[] not null,
    aliases text[] not null
);
comment on table commodity is 'Goods that measures name, with the ids of the codebook.';
comment on column commodity.unit is 'Usual unit; what follows tonne is what is weighed (K2O, N, REO).';
comment on column commodity.hs2022 is 'HS 2022 codes, the narrow ones beside the wide ones; none for services.';

create table if not exists commodity_hs (
    commodity_id text not null references commodity,
    hs2022 text not null check (hs2022 ~ '^([0-9]{2}){1,3}$'),
    level smallint not null check (level = length(hs2022)),
    description text not null,
    primary key (commodity_id, hs2022)
);
comment on table commodity_hs is 'Goods and HS 2022 codes, one pair a row, for joins with trade tables.';
comment on column commodity_hs.level is 'Digits of the code: 2, 4 or 6.';

create table if not exists country_commodity_share (
    commodity_id text not null references commodity,
    measure text not null check (measure in ('production', 'exports', 'imports', 'reserves', 'consumption')),
    rank integer check (rank >= 1),
    alpha2 text not null references country,
    world_share double precision not null check (world_share between 0 and 1.05),
    value double precision check (value >= 0),
    unit text,
    first_year integer check (first_year <= year),
    year integer not null check (year between 1990 and 2100),
    source text not null,
    licence text not null,
    primary key (commodity_id, measure, alpha2),
    check ((value is null) = (unit is null))
);
comment on table country_commodity_share is
'A country''s share and rank in the world, one source and year for each goods and measure.';
comment on column country_commodity_share.world_share is
'1 is the whole world; shares of one group may sum to 1.05, since USGS rounds its totals.';
comment on column country_commodity_share.rank is
'Among the countries that the source lists; null where it covers a few countries only.';
comment on column country_commodity_share.value is 'Null where the source gives a share only.';
comment on column country_commodity_share.first_year is 'Set where the figure is a mean of first_year to year.';

create table if not exists country_top_good (
    alpha2 text not null references country,
    flow text not null check (flow in ('exports', 'imports')),
    rank integer not null check (rank >= 1),
    good text not null,
    commodity_id text references commodity,
    year integer check (year between 1990 and 2100),
    source text not null,
    primary key (alpha2, flow, rank)
);
comment on table country_top_good is 'Main exports and imports of each country, largest first.';
comment on column country_top_good.good is 'In the source''s words; commodity_id where the codebook has the goods.';

create table if not exists country_trade_partner (
    alpha2 text not null references country,
    flow text not null check (flow in ('exports', 'imports')),
    rank integer not null check (rank >= 1),
    partner_alpha2 text not null references country,
    partner text not null,
    share double precision not null check (share between 0 and 1),
    year integer not null check (year between 1990 and 2100),
    source text not null,
    primary key (alpha2, flow, rank)
);
comment on table country_trade_partner is
'Main trading partners. Those of BY and RU are not shown: they are what the partners report.';
comment on column country_trade_partner.share is
'Rounded to full per cents by the source: 0 is less than half of one.';

create table if not exists measure (
    measure_id text primary key,
    senders text[] not null check (senders <> '{}'),
    targets text[] not null,
    target_theme text,
    regime text not null,
    instruments text[] not null check (instruments <> '{}'),
    commodities text[] not null,
    status text not null check (status in ('in_force', 'eased', 'suspended', 'ended', 'unverified')),
    start_date date not null,
    end_date date check (end_date >= start_date),
    renewal text,
    legal_act text not null,
    cited_as text not null,
    source_url text,
    checked text not null,
    note text,
    confirmed boolean generated always as (checked <> 'recall') stored,
    check (targets <> '{}' or target_theme is not null)
);
comment on table measure is 'Standing sanctions regimes, who against whom, as they stood in March 2026.';
comment on column measure.targets is 'Codes of states or bodies; empty for a regime by theme, such as cyber.';
comment on column measure.commodities is 'A summary; empty where the regime names persons only.';
comment on column measure.status is 'unverified: it is not known whether it still stands.';
comment on column measure.start_date is 'First act of the regime, not of each restriction in it.';
comment on column measure.renewal is 'Usual month and day, not a date that somebody looked up.';
comment on column measure.cited_as is 'The one act that prose names.';
comment on column measure.checked is 'How the existence of the act was confirmed; recall: it was not.';
create index if not exists measure_by_target on measure using gin (targets);
