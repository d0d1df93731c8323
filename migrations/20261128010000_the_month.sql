-- The month by itself: hours that somebody set, pauses and what they passed over, and runs that try again by themselves.

-- An hour of the calendar that somebody set. It holds from a day on: every day has one hour, before and after.
create table public.calendar_hours (
  kind text not null check (kind in ('monthly', 'monday', 'intent', 'check')),
  from_day text not null check (from_day ~ '^\d{4}-\d{2}-\d{2}$'),
  -- On the wall, in the kind's zone.
  at_time text not null check (at_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  set_by text not null,
  set_at timestamptz not null default now(),
  primary key (kind, from_day)
);

-- Nothing is started of a client, of a kind of run, or (neither is named) at all.
create table public.pauses (
  id bigint generated always as identity primary key,
  client text references public.clients (slug),
  workflow text,
  reason text not null,
  paused_by text not null,
  -- Business time, as all three.
  since timestamptz not null,
  until timestamptz,
  ended_at timestamptz,
  -- Null for one that ended because its time was over.
  ended_by text,
  check (client is null or workflow is null)
);
create unique index pauses_open on public.pauses (coalesce(client, ''), coalesce(workflow, '')) where ended_at is null;

-- What the calendar would have started meanwhile: said and offered when the pause ends.
create table public.passed_over (
  id bigint generated always as identity primary key,
  pause bigint not null references public.pauses (id),
  -- The due time; client: it was passed over for this one only.
  kind text not null,
  day text not null,
  client text references public.clients (slug),
  -- Somebody started it since.
  run_id uuid references public.agent_runs (id)
);
create unique index passed_over_once on public.passed_over (pause, kind, day, coalesce(client, ''));

alter table public.due_times drop constraint due_times_state_check;
alter table public.due_times add constraint due_times_state_check
  check (state in ('due', 'started', 'covered', 'missed', 'off', 'paused'));

-- How often in a row the run met a vendor or a network that was away, and was queued to try again later.
alter table public.agent_runs add column away_tries integer not null default 0;

-- As before; `away_tries` is kept where the patch does not say another.
create or replace function public.leave_run(p_run uuid, p_holder text, p_status text, p_patch jsonb, p_fence bigint default null)
returns text language plpgsql as $$
declare
  v_status text := p_status;
begin
  p_patch := public.unwrapped(p_patch);
  if p_status = 'waiting' and (
    exists (select 1 from public.approvals where run_id = p_run and round = p_patch ->> 'round' and state = 'approved')
    or not exists (select 1 from public.approvals where run_id = p_run and round = p_patch ->> 'round' and state = 'pending')
  ) then
    v_status := 'queued';
  end if;
  update public.agent_runs set
    status = v_status,
    lease_holder = null,
    lease_until = null,
    wake_at = now() + make_interval(secs => (p_patch ->> 'wake_seconds')::double precision),
    away_tries = coalesce((p_patch ->> 'away_tries')::integer, away_tries),
    summary = coalesce(p_patch -> 'summary', summary),
    progress = coalesce(p_patch -> 'progress', progress),
    error = p_patch ->> 'error',
    error_type = p_patch ->> 'error_type',
    credits_used = coalesce((p_patch ->> 'credits_used')::integer, credits_used),
    leads_exported = coalesce((p_patch ->> 'leads_exported')::integer, leads_exported),
    finished_at = case when v_status in ('success', 'failed', 'skipped', 'canceled') then now() end
  where id = p_run and lease_holder = p_holder and status = 'running' and (p_fence is null or fence = p_fence);
  if not found then return null; end if;
  perform public.wake_parent(p_run);
  return v_status;
end;
$$;

-- As before, and its tries begin anew.
create or replace function public.retry_run(p_run uuid, p_who text) returns text language plpgsql as $$
declare
  v_status text;
begin
  update public.agent_runs set
    status = 'queued', attempt = attempt + 1, error = null, error_type = null, cancel_requested_by = null,
    wake_at = null, finished_at = null, away_tries = 0
  where id = p_run and status in ('failed', 'canceled')
  returning status into v_status;
  if v_status is not null then
    insert into public.audit (who, what, run_id) values (p_who, 'retry', p_run);
  end if;
  return v_status;
end;
$$;

-- A run that sleeps because a vendor or the network was away tries now instead of later. Null: it does not sleep for that.
create function public.try_now(p_run uuid, p_who text) returns text language plpgsql as $$
declare
  v_status text;
begin
  update public.agent_runs set wake_at = now()
  where id = p_run and status = 'queued' and error_type is not null and wake_at > now()
  returning status into v_status;
  if v_status is not null then
    insert into public.audit (who, what, run_id) values (p_who, 'try now', p_run);
  end if;
  return v_status;
end;
$$;

-- As before; due times that were passed over by a pause go with the others that started nothing.
create or replace function public.take_back_look(p_now timestamptz, p_at_most_days integer) returns jsonb language plpgsql as $$
declare
  v_tick public.calendar_ticks;
  v_to timestamptz;
  v_gone integer;
  v_started integer;
begin
  select * into v_tick from public.calendar_ticks where looked_at > p_now + interval '2 hours' for update;
  if not found then return null; end if;
  if p_now < coalesce(v_tick.jumped_from, (select min(due_at) from public.due_times)) - interval '60 days' then
    return null;
  end if;
  v_to := greatest(least(coalesce(v_tick.jumped_from, p_now), p_now), p_now - make_interval(days => p_at_most_days));
  delete from public.due_times
  where due_at > p_now and run_id is null
    and (state in ('missed', 'off', 'paused') or (state = 'due' and (claimed_until is null or claimed_until < now())));
  get diagnostics v_gone = row_count;
  select count(*) into v_started from public.due_times where due_at > p_now;
  update public.calendar_ticks set looked_at = v_to, jumped_from = null;
  return jsonb_build_object('was', v_tick.looked_at, 'now', v_to, 'gone', v_gone, 'started', v_started);
end;
$$;

select public.lock_down();
