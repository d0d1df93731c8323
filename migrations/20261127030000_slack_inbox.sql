-- What people did in Slack, written before it is acknowledged and kept until it is done: a process that dies in between
-- loses nothing. The payload is sealed (a modal can hold a password) and goes the moment it is done; the id stays for a
-- day, so that Slack's second sending is known.

create table public.slack_inbox (
  id text primary key,
  kind text not null check (kind in ('command', 'action', 'view', 'event')),
  route text not null,
  payload text,
  received_at timestamptz not null default now(),
  claimed_by text,
  claimed_until timestamptz,
  -- How often a process took it up after another one's death.
  tries integer not null default 0,
  done_at timestamptz,
  outcome text check (outcome in ('done', 'failed', 'withdrawn', 'given up')),
  check ((done_at is null) = (outcome is null)),
  check (done_at is null or payload is null)
);
create index slack_inbox_open on public.slack_inbox (received_at) where done_at is null;
create index slack_inbox_done on public.slack_inbox (done_at) where done_at is not null;

-- True the first time a delivery is seen: it is then the caller's to work on. Yesterday's are forgotten.
create function public.receive_delivery(
  p_id text, p_kind text, p_route text, p_payload text, p_worker text, p_seconds integer
) returns boolean language plpgsql as $$
begin
  delete from public.slack_inbox where done_at < now() - interval '1 day';
  insert into public.slack_inbox (id, kind, route, payload, claimed_by, claimed_until)
  values (p_id, p_kind, p_route, p_payload, p_worker, now() + make_interval(secs => p_seconds))
  on conflict do nothing;
  return found;
end;
$$;

-- One delivery that nobody works on: its claim ran out, or the caller knows that its process is gone.
create function public.claim_delivery(p_worker text, p_seconds integer, p_gone text[]) returns jsonb language plpgsql as $$
declare
  v_row public.slack_inbox;
begin
  update public.slack_inbox set
    claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds), tries = tries + 1
  where id = (
    select id from public.slack_inbox
    where done_at is null and (claimed_until < now() or claimed_by = any (p_gone))
    order by received_at limit 1 for update skip locked
  )
  returning * into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- The worker goes on; false: it is done, or another process has it.
create function public.hold_delivery(p_id text, p_worker text, p_seconds integer) returns boolean language plpgsql as $$
begin
  update public.slack_inbox set claimed_until = now() + make_interval(secs => p_seconds)
  where id = p_id and claimed_by = p_worker and done_at is null;
  return found;
end;
$$;

create function public.close_delivery(p_id text, p_worker text, p_outcome text) returns boolean language plpgsql as $$
begin
  update public.slack_inbox set done_at = now(), outcome = p_outcome, payload = null
  where id = p_id and claimed_by = p_worker and done_at is null;
  return found;
end;
$$;

-- Its person was told that nothing was done. A row of its own where there is none: the writing may still be on its way.
create function public.withdraw_delivery(p_id text, p_kind text, p_route text, p_worker text) returns void language sql as $$
  insert into public.slack_inbox (id, kind, route, done_at, outcome, claimed_by)
  values (p_id, p_kind, p_route, now(), 'withdrawn', p_worker)
  on conflict (id) do update set done_at = now(), outcome = 'withdrawn', payload = null
  where slack_inbox.done_at is null and slack_inbox.claimed_by = p_worker;
$$;

-- The inbox knows what was delivered before.
drop function public.first_time(text);
drop table public.slack_events;

select public.lock_down();
