-- A clock that jumps: how far the calendar was looked at can be taken back, and what a jump noted goes with it.

alter table public.calendar_ticks
  -- Business time of the last look before the clock first jumped ahead, until it turns out to have been wrong.
  add column jumped_from timestamptz;

drop function public.note_due(jsonb, timestamptz);
-- Writes the due times up to a moment and remembers that it was looked at. A row that is there stays as it is. With
-- p_machine the moment is a machine's own time, and this database's must agree with it: of two machines with different
-- clocks the wrong one is refused (false). p_jump: since the last look more time went by than passed for whoever looks.
create function public.note_due(
  p_rows jsonb, p_looked_at timestamptz, p_machine boolean default false, p_jump boolean default false
) returns boolean language plpgsql as $$
begin
  if p_machine and abs(extract(epoch from p_looked_at - now())) > 7200 then return false; end if;
  p_rows := public.unwrapped(p_rows);
  insert into public.due_times (kind, day, due_at)
  select r.kind, r.day, r.due_at from jsonb_to_recordset(p_rows) as r (kind text, day text, due_at timestamptz)
  on conflict (kind, day) do nothing;
  insert into public.calendar_ticks (looked_at) values (p_looked_at)
  on conflict (singleton) do update set
    jumped_from = case when p_jump then least(calendar_ticks.jumped_from, calendar_ticks.looked_at)
      else calendar_ticks.jumped_from end,
    looked_at = greatest(calendar_ticks.looked_at, excluded.looked_at);
  return true;
end;
$$;

drop function public.claim_due(text, integer);
-- The oldest due time up to p_until that nobody handles. Null: there is none.
create function public.claim_due(p_worker text, p_seconds integer, p_until timestamptz default null)
returns jsonb language plpgsql as $$
declare
  v_row public.due_times;
begin
  update public.due_times d set claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds)
  from (
    select kind, day from public.due_times
    where state = 'due' and (claimed_until is null or claimed_until < now()) and (p_until is null or due_at <= p_until)
    order by due_at, kind limit 1 for update skip locked
  ) next
  where d.kind = next.kind and d.day = next.day
  returning d.* into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- The clock says p_now, and the calendar was looked at far beyond it: takes that back. What was noted beyond and started
-- nothing goes, and comes again in its time; what started a run stays, for it was done. Null: nothing was taken back,
-- because another process was quicker or because p_now lies long before the calendar was first looked at, where a clock
-- begins that has lost its battery.
create function public.take_back_look(p_now timestamptz, p_at_most_days integer) returns jsonb language plpgsql as $$
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
    and (state in ('missed', 'off') or (state = 'due' and (claimed_until is null or claimed_until < now())));
  get diagnostics v_gone = row_count;
  select count(*) into v_started from public.due_times where due_at > p_now;
  update public.calendar_ticks set looked_at = v_to, jumped_from = null;
  return jsonb_build_object('was', v_tick.looked_at, 'now', v_to, 'gone', v_gone, 'started', v_started);
end;
$$;

select public.lock_down();
