-- Reference tables: their loading and their reading. The columns are those that tables.yaml declares.

-- name: lock_reference_load!
-- Lets one load at a time in; readers go on reading.
lock table reference_load in exclusive mode;

-- name: record_reference_load!
-- Notes which version of a table is loaded, and which service it was refreshed from, if any.
insert into reference_load (table_name, sha256, rows, loaded_at, refreshed_from, refreshed_at)
values (:table_name, :sha256, :rows, now(), :refreshed_from, :refreshed_at)
on conflict (table_name) do update
    set
        sha256 = excluded.sha256,
        rows = excluded.rows,
        loaded_at = excluded.loaded_at,
        refreshed_from = excluded.refreshed_from,
        refreshed_at = excluded.refreshed_at;

-- name: reference_loads
-- Which version of each table is loaded, and since when.
select
    table_name,
    sha256,
    rows,
    loaded_at,
    refreshed_from,
    refreshed_at
from reference_load
order by table_name;

-- name: countries
-- Every state and territory.
select
    alpha2,
    alpha3,
    numeric,
    name,
    official_name,
    region,
    subregion,
    alt_names,
    eu,
    g7,
    g20,
    oecd,
    nato,
    eaeu,
    brics,
    opec,
    un,
    population,
    population_year,
    gdp_usd,
    gdp_year
from country
order by alpha2;

-- name: organisations
-- Every body.
select
    code,
    name,
    kind,
    aliases,
    url,
    imposes_sanctions
from organisation
order by code;

-- name: commodities
-- All goods.
select
    commodity_id,
    name,
    sector,
    unit,
    hs2022,
    aliases
from commodity
order by commodity_id;

-- name: commodity_codes
-- Goods and HS 2022 codes, for joins with trade tables.
select
    commodity_id,
    hs2022,
    level,
    description
from commodity_hs
order by
    commodity_id,
    hs2022;

-- name: shares
-- Shares and ranks, best rank first.
select
    commodity_id,
    measure,
    rank,
    alpha2,
    world_share,
    value,
    unit,
    first_year,
    year,
    source,
    licence
from country_commodity_share
order by
    commodity_id,
    measure,
    rank,
    alpha2;

-- name: top_goods
-- Main exports and imports, largest first.
select
    alpha2,
    flow,
    rank,
    good,
    commodity_id,
    year,
    source
from country_top_good
order by
    alpha2,
    flow,
    rank;

-- name: partners
-- Main trading partners, largest first; those of BY and RU among them, although they are never shown.
select
    alpha2,
    flow,
    rank,
    partner_alpha2,
    partner,
    share,
    year,
    source
from country_trade_partner
order by
    alpha2,
    flow,
    rank;

-- name: memberships
select
    body,
    alpha2,
    since,
    until
from membership
order by body, alpha2;

-- name: shares_optin
select
    commodity_id,
    measure,
    rank,
    alpha2,
    world_share,
    value,
    unit,
    year,
    source,
    licence
from country_commodity_share_optin
order by commodity_id, measure, source, rank, alpha2;

-- name: reliance
select
    alpha2,
    commodity_id,
    good,
    bound,
    net_import_share,
    suppliers,
    suppliers_from,
    suppliers_to,
    year,
    source,
    licence
from import_reliance
order by alpha2, commodity_id;

-- name: bilateral
select
    commodity_id,
    exporter,
    importer,
    year,
    value_usd,
    share,
    source,
    licence
from bilateral_trade
order by commodity_id asc, exporter asc, year asc, share desc, importer asc;
