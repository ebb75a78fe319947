-- name: switch_feed!
-- Off with the reason, or on again; then it is due at once, whatever became of it before.
update feed
set
    disabled = :disabled,
    disabled_reason = :reason,
    disabled_at = :at,
    gone_at = case when :disabled then gone_at end,
    failures = case when :disabled then failures else 0 end,
    next_poll_at = case when :disabled then next_poll_at end
where feed_id = :feed_id;
