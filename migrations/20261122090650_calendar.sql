-- Due times: what the calendar wanted, when, and what became of it. One row each, claimed once however many processes run.

create table public.due_times (
  kind text not null,
  -- The day it stands for: a Monday that is a holiday stands for itself and runs on the next business day.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  -- Business time.
  due_at timestamptz not null,
  state text not null default 'due' check (state in ('due', 'started', 'covered', 'missed')),
  run_id uuid references public.agent_runs (id),
  -- Business seconds between the due time and its start.
  late_seconds integer,
  -- Whoever handles it, in machine time; a process that died in between is not the end of it.
  claimed_by text,
  claimed_until timestamptz,
  primary key (kind, day)
);
create index due_times_recent on public.due_times (due_at desc);

-- How far the calendar was looked at. One row.
create table public.calendar_ticks (
  singleton boolean primary key default true check (singleton),
  -- Business time.
  looked_at timestamptz not null
);

-- Writes the due times up to a moment and remembers that it was looked at. A row that is there stays as it is.
create function public.note_due(p_rows jsonb, p_looked_at timestamptz) returns void language plpgsql as $$
begin
  p_rows := public.unwrapped(p_rows);
  insert into public.due_times (kind, day, due_at)
  select r.kind, r.day, r.due_at from jsonb_to_recordset(p_rows) as r (kind text, day text, due_at timestamptz)
  on conflict (kind, day) do nothing;
  insert into public.calendar_ticks (looked_at) values (p_looked_at)
  on conflict (singleton) do update set looked_at = greatest(calendar_ticks.looked_at, excluded.looked_at);
end;
$$;

-- The oldest due time that nobody handles. Null: there is none.
create function public.claim_due(p_worker text, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_row public.due_times;
begin
  update public.due_times d set claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds)
  from (
    select kind, day from public.due_times
    where state = 'due' and (claimed_until is null or claimed_until < now())
    order by due_at, kind limit 1 for update skip locked
  ) next
  where d.kind = next.kind and d.day = next.day
  returning d.* into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;
