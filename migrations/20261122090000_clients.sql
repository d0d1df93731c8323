-- Who we work for, who may decide, how we sign in, and what a person imported as reference.

create table public.clients (
  slug text primary key check (slug ~ '^[a-z0-9][a-z0-9-]*$'),
  name text not null,
  active boolean not null default true,
  states text[] not null check (cardinality(states) > 0),
  secondary_states text[] not null default '{}',
  tier integer not null check (tier in (100, 200)),
  target integer check (target > 0),
  home_value_limit integer not null default 900000 check (home_value_limit > 0),
  max_home_value_limit integer not null default 900000,
  filters jsonb not null default '{}',
  channel text not null,
  workspace text,
  campaign_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (max_home_value_limit >= home_value_limit)
);

-- month '*' is the client's standing list; a list imported for a month replaces it for that month.
create table public.client_zip_lists (
  client text not null references public.clients (slug) on delete cascade,
  month text not null default '*' check (month = '*' or month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  zip text not null check (zip ~ '^\d{5}$'),
  kind text not null check (kind in ('approved', 'pre_approved')),
  primary key (client, month, zip)
);

create table public.members (
  slack_id text not null,
  -- A client's slug, or '*' for all of them; no foreign key because of the star.
  client text not null default '*',
  role text not null check (role in ('operator', 'approver', 'admin')),
  backup text,
  updated_at timestamptz not null default now(),
  primary key (slack_id, client)
);

create table public.site_credentials (
  site text not null,
  -- Cole has a login per state; '' elsewhere. Bison's is the workspace.
  state text not null default '',
  username text not null,
  secret_encrypted text not null,
  mfa_type text not null default 'none',
  totp_encrypted text,
  owner text,
  last_verified_at timestamptz,
  -- Cookies of the last good sign-in, encrypted with the same key.
  session_encrypted text,
  session_saved_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (site, state)
);

create table public.zip_homes (
  zip text primary key check (zip ~ '^\d{5}$'),
  state text,
  homes integer not null check (homes >= 0),
  imported_at timestamptz not null default now()
);
create index zip_homes_state on public.zip_homes (state);
