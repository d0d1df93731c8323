-- Runs, their remembered steps, the questions they put to people, and what went wrong.

create table public.agent_runs (
  id uuid primary key default gen_random_uuid(),
  workflow text not null,
  client text references public.clients (slug),
  month text,
  -- What may be live only once: 'pull:acme:2026-12'.
  key text not null,
  trigger text not null check (trigger in ('manual', 'scheduled')),
  status text not null default 'queued'
    check (status in ('queued', 'running', 'waiting', 'success', 'failed', 'skipped', 'canceled')),
  requested_by text,
  channel text,
  dry_run boolean not null default false,
  args jsonb not null default '{}',
  attempt integer not null default 1,
  config jsonb not null default '{}',
  progress jsonb not null default '{}',
  summary jsonb not null default '{}',
  batch_id text,
  credits_used integer not null default 0,
  leads_exported integer not null default 0,
  error text,
  error_type text,
  trace text,
  cancel_requested_by text,
  lease_holder text,
  lease_until timestamptz,
  -- The run that started this one, and is told when it is over.
  parent uuid references public.agent_runs (id),
  -- Nobody takes the run up before this moment: it waits for a vendor, or for runs it started, and holds no place meanwhile.
  wake_at timestamptz,
  -- Business time of the asking; every other time here is the machine's.
  asked_at timestamptz not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create unique index agent_runs_live_key on public.agent_runs (key) where status in ('queued', 'running', 'waiting');
create index agent_runs_recent on public.agent_runs (workflow, created_at desc);
create index agent_runs_parent on public.agent_runs (parent) where parent is not null;
create index agent_runs_open on public.agent_runs (status) where status in ('queued', 'running', 'waiting');

create table public.agent_steps (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  name text not null,
  status text not null check (status in ('started', 'done')),
  -- Ids, counts and file keys; people's rows live in the lead tables.
  output jsonb,
  attempts integer not null default 1,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (run_id, name)
);

create table public.agent_errors (
  id bigint generated always as identity primary key,
  run_id uuid references public.agent_runs (id) on delete cascade,
  step text,
  type text not null,
  message text not null,
  screenshot text,
  tree text,
  trace text,
  at timestamptz not null default now()
);
create index agent_errors_run on public.agent_errors (run_id);

create table public.approvals (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  -- A round of questions asked together, and the question's place and identity in it.
  round text not null,
  key text not null,
  position integer not null default 0,
  kind text not null,
  payload jsonb not null,
  -- Part of the set that closes the gap, as against an alternative.
  marked boolean not null default false,
  required_role text not null default 'approver' check (required_role in ('operator', 'approver', 'admin')),
  state text not null default 'pending'
    check (state in ('pending', 'approved', 'rejected', 'expired', 'superseded')),
  decided_by text,
  decided_at timestamptz,
  reason text,
  -- What came of it: predicted against got.
  result jsonb,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (run_id, round, key)
);
create index approvals_open on public.approvals (expires_at) where state = 'pending';

-- Who, when, what, on what facts. No person of a lead list in it. Written once.
create table public.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  who text not null,
  what text not null,
  run_id uuid,
  subject text,
  facts jsonb not null default '{}'
);
create function public.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end;
$$;
create trigger audit_is_append_only before update or delete on public.audit
  for each row execute function public.refuse_change();

-- A vendor's login is in one browser at a time, whatever process. `browser` says which program to end before a takeover.
create table public.login_leases (
  login text primary key,
  holder text not null,
  browser jsonb not null default '{}',
  until timestamptz not null
);

-- A vendor whose page changed takes no more work until somebody looked.
create table public.closed_lanes (
  vendor text primary key,
  reason text not null,
  run_id uuid,
  closed_at timestamptz not null default now()
);
