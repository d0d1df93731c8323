-- Where leads came from, the leads, and their count per client and month.

create table public.lead_sources (
  id bigint generated always as identity primary key,
  client text not null references public.clients (slug),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  run_id uuid references public.agent_runs (id),
  -- Which request of the run asked for it ('first', 'top-up 1'); identity of the plan together with `name`.
  round text not null,
  name text not null,
  origin text not null default 'cole' check (origin in ('cole', 'moved')),
  state text not null,
  -- Place among the client's exports of the month: duplicates are decided "by export, then line".
  ordinal integer not null,
  zips text[] not null,
  slice jsonb not null default '[]',
  slice_no integer not null default 1,
  slice_count integer not null default 1,
  filters jsonb not null default '{}',
  filters_key text not null default '',
  expected integer not null default 0,
  status text not null default 'planned' check (status in ('planned', 'asked', 'downloaded', 'stored', 'replaced')),
  -- Times the vendor was asked for this file; more than one names a repeated export.
  asked integer not null default 0,
  -- One of the askings was because the file held another number of records than Cole showed.
  recounted boolean not null default false,
  -- Records Cole showed when it was last asked.
  shown integer,
  parsed integer,
  quarantined integer,
  sha256 text,
  original_rows integer,
  header_style text,
  dropped_columns text[] not null default '{}',
  file_key text,
  note text,
  created_at timestamptz not null default now(),
  stored_at timestamptz,
  unique (run_id, round, name)
);
create unique index lead_sources_place on public.lead_sources (client, month, ordinal);

create table public.client_zipcodes (
  client text not null references public.clients (slug),
  month text not null,
  zip text not null,
  filters_key text not null default '',
  slice_no integer not null default 1,
  slice_count integer not null default 1,
  slice jsonb not null default '[]',
  run_id uuid,
  source_id bigint references public.lead_sources (id),
  origin text not null default 'cole',
  pulled_at timestamptz not null default now(),
  primary key (client, month, zip, filters_key, slice_no)
);

-- A CSV handed to Clay for validation: what was sent, where it lies there, how far it got.
create table public.validation_batches (
  id bigint generated always as identity primary key,
  client text not null references public.clients (slug),
  month text not null,
  run_id uuid references public.agent_runs (id),
  name text not null,
  rows integer not null,
  file_key text not null,
  table_ref text,
  started_at timestamptz,
  verdicts integer not null default 0,
  collected_at timestamptz,
  unique (run_id, name)
);

create table public.raw_leads (
  id bigint generated always as identity primary key,
  client text not null references public.clients (slug),
  month text not null,
  source_id bigint not null references public.lead_sources (id),
  origin text not null default 'cole' check (origin in ('cole', 'moved')),
  ordinal integer not null,
  line integer not null,
  -- The 13 fields as exported; race and ethnicity never reach this table. Empty for a row that could not be read.
  fields jsonb not null default '{}',
  first_name text not null default '',
  greeting_name text not null default '',
  last_name text not null default '',
  address text not null default '',
  city text not null default '',
  state text not null default '',
  zip text,
  phone text,
  phone_blanked boolean not null default false,
  email text,
  household_key text,
  purchase_date date,
  renewal_date date,
  home_value integer,
  head_household text not null default '',
  income text not null default '',
  date_of_birth date,
  -- Set when the row was handed in for validation: it has been paid for.
  validation_batch bigint references public.validation_batches (id),
  verdict text check (verdict in ('Safe to Send', 'Invalid', 'Risky', 'Unknown')),
  lead_state text not null default 'unverified'
    check (lead_state in ('quarantined', 'rejected', 'high_net_worth', 'duplicate', 'unverified', 'cleaned', 'moved')),
  reason text,
  -- The client a ZIP's leads were moved to (donor) or came from (receiver).
  moved_client text,
  created_at timestamptz not null default now(),
  unique (source_id, line)
);
create index raw_leads_of_month on public.raw_leads (client, month, id);
create index raw_leads_by_zip on public.raw_leads (client, month, zip);

create table public.cleaned_leads (
  id bigint generated always as identity primary key,
  raw_lead_id bigint not null unique references public.raw_leads (id) on delete cascade,
  client text not null references public.clients (slug),
  month text not null,
  email text not null,
  household_key text not null,
  zip text not null,
  renewal_date date not null,
  -- 1–4: days 1–7, 8–14, 15–21, 22–end.
  window_no integer not null check (window_no between 1 and 4),
  -- Over target: kept for later.
  reserve boolean not null default false,
  batch_id bigint,
  created_at timestamptz not null default now(),
  unique (client, month, email),
  unique (client, month, household_key)
);
create index cleaned_leads_of_month on public.cleaned_leads (client, month, id);

-- What an approver decided for one month only.
create table public.client_months (
  client text not null references public.clients (slug),
  month text not null,
  home_value_limit integer,
  primary key (client, month)
);

create table public.monthly_cleaned_leads (
  client text not null references public.clients (slug),
  month text not null,
  count integer not null,
  target integer not null,
  gap integer not null,
  reserve integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (client, month)
);
