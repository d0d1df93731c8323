-- What Slack should show, and what it shows. A loop closes the difference, so an outage or a crash only delays it.

create table public.slack_messages (
  id bigint generated always as identity primary key,
  run_id uuid references public.agent_runs (id) on delete cascade,
  -- Each purpose once per run: 'card', 'raw pull complete', 'thread: plan'.
  purpose text not null,
  channel text not null,
  -- Purpose of the message this one hangs under.
  under text,
  text text not null,
  blocks jsonb not null default '[]',
  revision integer not null default 1,
  shown_revision integer not null default 0,
  ts text,
  -- A post was begun and its answer never recorded: look in the channel before posting again.
  posting boolean not null default false,
  attempts integer not null default 0,
  error text,
  given_up boolean not null default false,
  next_try_at timestamptz not null default now(),
  claimed_by text,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A message without a run (a due time that was missed) has its purpose to itself.
  unique nulls not distinct (run_id, purpose)
);
create index slack_messages_behind on public.slack_messages (next_try_at) where revision > shown_revision and not given_up;

-- Slack delivers an event more than once; its identity is kept for a day.
create table public.slack_events (
  id text primary key,
  at timestamptz not null default now()
);
