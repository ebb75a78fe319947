-- name: list_digests
-- The whole editions of the latest days that have one, with what became of the mails of all their cuts.
with shown as (
    select distinct digest_date
    from digest
    where kind = 'daily' and cut = '' and (:before::date is null or digest_date < :before::date)
    order by digest_date desc
    limit :days
)

select
    digest.digest_date as day,
    digest.edition,
    digest.subject,
    digest.alerts,
    digest.watch,
    digest.composed_at,
    count(delivery.delivery_id) filter (where delivery.state = 'sent') as sent,
    count(delivery.delivery_id) filter (where delivery.state = 'pending') as waiting,
    count(delivery.delivery_id) filter (where delivery.state = 'dead') as refused
from digest
inner join shown on digest.digest_date = shown.digest_date
left join digest as sent
    on
        digest.digest_date = sent.digest_date
        and digest.edition = sent.edition
        and sent.kind = 'daily'
left join delivery on sent.digest_id = delivery.digest_id
where digest.kind = 'daily' and digest.cut = ''
group by digest.digest_id
order by digest.digest_date desc, digest.edition asc;

-- name: find_digest^
-- One digest as it was rendered, with the days of its neighbours in the same edition.
select
    digest.digest_date as day,
    digest.edition,
    digest.subject,
    digest.body_html,
    (
        select max(earlier.digest_date)
        from digest as earlier
        where
            earlier.edition = digest.edition
            and earlier.kind = 'daily'
            and earlier.cut = ''
            and earlier.digest_date < digest.digest_date
    ) as older,
    (
        select min(later.digest_date)
        from digest as later
        where
            later.edition = digest.edition
            and later.kind = 'daily'
            and later.cut = ''
            and later.digest_date > digest.digest_date
    ) as newer
from digest
where digest.digest_date = :day and digest.edition = :edition and digest.kind = 'daily' and digest.cut = '';

-- name: find_picture^
select blob.body
from digest_part
inner join blob on digest_part.sha256 = blob.sha256
where digest_part.name = :name and digest_part.content_id is not null
order by digest_part.digest_id
limit 1;
