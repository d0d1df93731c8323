-- Two senders of Slack's messages never write over each other: each claim has a token of its own, and what a sender
-- writes after its claim was taken over is refused. And a message that is gone from Slack, or whose channel was closed to
-- us, is found and posted anew elsewhere.

alter table public.slack_messages
  add column claim uuid,
  -- Channels and people where it could not be posted.
  add column closed_to text[] not null default '{}',
  -- When it was last seen to be in Slack.
  add column seen_at timestamptz not null default now();

-- Messages that are behind, for one sender at a time. A sender claims again only when it is done with what it claimed.
create or replace function public.claim_messages(p_worker text, p_limit integer, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_rows jsonb;
begin
  with due as (
    select m.id from public.slack_messages m
    where m.revision > m.shown_revision and not m.given_up and m.next_try_at <= now()
      and (m.claimed_until is null or m.claimed_until < now() or m.claimed_by = p_worker)
      -- A reply waits for the message it hangs under.
      and (m.under is null or exists (
        select 1 from public.slack_messages p
        where p.run_id = m.run_id and p.purpose = m.under and (p.ts is not null or p.given_up)))
    order by m.id limit p_limit for update skip locked
  ), taken as (
    update public.slack_messages m set
      claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds), claim = gen_random_uuid()
    from due where m.id = due.id returning m.*
  )
  select coalesce(jsonb_agg(
    to_jsonb(taken)
      -- A reply is where the message it hangs under is, wherever that had to go.
      || jsonb_build_object('under_ts', p.ts, 'channel', coalesce(p.channel, taken.channel))
    order by taken.id
  ), '[]') into v_rows
  from taken left join public.slack_messages p on p.run_id = taken.run_id and p.purpose = taken.under;
  return v_rows;
end;
$$;

-- The claim, renewed for a call that is about to be made; false: another sender has it, make no call.
create function public.hold_message(p_id bigint, p_claim uuid, p_seconds integer, p_posting boolean) returns boolean language plpgsql as $$
begin
  update public.slack_messages set
    claimed_until = now() + make_interval(secs => p_seconds), posting = posting or p_posting
  where id = p_id and claim = p_claim and claimed_until > now();
  return found;
end;
$$;

-- What became of it, written by whoever holds the claim, which ends with it.
create function public.settle_message(p_id bigint, p_claim uuid, p_patch jsonb) returns boolean language plpgsql as $$
begin
  p_patch := public.unwrapped(p_patch);
  update public.slack_messages set
    ts = case when p_patch ? 'ts' then p_patch ->> 'ts' else ts end,
    channel = coalesce(p_patch ->> 'channel', channel),
    shown_revision = coalesce((p_patch ->> 'shown_revision')::integer, shown_revision),
    posting = coalesce((p_patch ->> 'posting')::boolean, posting),
    attempts = coalesce((p_patch ->> 'attempts')::integer, attempts),
    error = case when p_patch ? 'error' then p_patch ->> 'error' else error end,
    next_try_at = coalesce((p_patch ->> 'next_try_at')::timestamptz, next_try_at),
    given_up = coalesce((p_patch ->> 'given_up')::boolean, given_up),
    closed_to = case when p_patch ? 'closed_to' then array_append(closed_to, p_patch ->> 'closed_to') else closed_to end,
    seen_at = case when p_patch ->> 'ts' is not null then now() else seen_at end,
    claim = null, claimed_by = null, claimed_until = null
  where id = p_id and claim = p_claim;
  return found;
end;
$$;

-- Messages that should be in Slack, of runs that are not over: the longest unseen first, those that wait for a person
-- before all. Taking them counts as having looked, so that two processes share the work.
create function public.messages_to_look_at(p_unseen_seconds integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  v_rows jsonb;
begin
  with old as (
    select m.id from public.slack_messages m join public.agent_runs r on r.id = m.run_id
    where r.status in ('queued', 'running', 'waiting') and m.ts is not null and m.under is null and not m.given_up
      and m.file_key is null and m.revision = m.shown_revision
      and m.seen_at < now() - make_interval(secs => p_unseen_seconds)
    order by r.status = 'waiting' desc, m.seen_at limit p_limit for update of m skip locked
  ), taken as (
    update public.slack_messages m set seen_at = now() from old where m.id = old.id returning m.*
  )
  select coalesce(jsonb_agg(to_jsonb(taken)), '[]') into v_rows from taken;
  return v_rows;
end;
$$;

-- It is not in Slack any more under this ts: it is posted anew. Nothing where a sender has moved on meanwhile.
create function public.message_gone(p_id bigint, p_ts text, p_closed text default null) returns boolean language plpgsql as $$
begin
  update public.slack_messages set
    ts = null, shown_revision = 0, posting = false, attempts = 0, next_try_at = now(), given_up = false,
    closed_to = case when p_closed is null then closed_to else array_append(closed_to, p_closed) end
  where id = p_id and ts = p_ts;
  return found;
end;
$$;

select public.lock_down();
