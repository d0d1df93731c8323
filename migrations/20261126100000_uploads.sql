-- Uploads to Email Bison: the lists of a month's windows, the evergreen campaigns, and what was attached to them.

-- A list at Bison: its leads (cleaned_leads.batch_id), its name and id there, and how far it got. `uploading`: its name is
-- chosen and a file may have left. `left out`: a person decided that it stays out of the campaign.
create table public.client_lead_batches (
  id bigint generated always as identity primary key,
  client text not null references public.clients (slug),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  workspace text not null,
  -- 1–4, and its days.
  window_no integer not null check (window_no between 1 and 4),
  window_start date not null,
  window_end date not null,
  -- 1; then 2, 3 … for leads that came later: '… renewals) 2'.
  part integer not null check (part > 0),
  run_id uuid references public.agent_runs (id),
  list_name text,
  -- Ids of lists that bore this name before ours was made. After a crash, one that is not among them is ours.
  known_lists jsonb,
  list_id text,
  -- Sent; taken; refused. What Bison passed over without a word is in neither of the last two.
  rows integer not null,
  accepted integer,
  failed integer,
  -- Why fewer were taken than sent, in words.
  note text,
  state text not null default 'planned'
    check (state in ('planned', 'uploading', 'uploaded', 'attached', 'undone', 'left out')),
  attached_by uuid references public.agent_runs (id),
  -- The machine's time: written before the file leaves.
  started_at timestamptz,
  uploaded_at timestamptz,
  attached_at timestamptz,
  created_at timestamptz not null default now(),
  unique (client, month, window_no, part)
);
create index client_lead_batches_state on public.client_lead_batches (client, state);
create index cleaned_leads_batch on public.cleaned_leads (batch_id) where batch_id is not null;

-- A client's evergreen campaign as we left it: the ledger is the truth, the title an output (SPEC section 3, PT5).
create table public.evergreen_campaigns (
  client text primary key references public.clients (slug),
  campaign_id text,
  title text,
  -- First day of the last window that was attached.
  window_start date,
  total_leads integer,
  -- Switches Bison does not let one read back, as a person told them: {"reputation_building": true}.
  told jsonb not null default '{}',
  -- The run that is at this campaign now.
  busy_run uuid references public.agent_runs (id)
);

-- What a run did to a campaign, and what it needs to be taken back.
create table public.evergreen_attachments (
  run_id uuid primary key references public.agent_runs (id) on delete cascade,
  client text not null references public.clients (slug),
  window_start date not null,
  campaign_id text not null,
  title_before text not null,
  title_after text not null,
  -- Of the campaign before: its last window.
  window_before date,
  total_before integer,
  total_after integer,
  added integer,
  state text not null default 'attached' check (state in ('attached', 'undone')),
  undone_by text,
  at timestamptz not null default now()
);

-- People who must not be written to, as keyed hashes of their e-mail: forgotten, unsubscribed, bounced.
create table public.suppressions (
  hash text primary key,
  -- Which key made it: with another key the list says nothing, and must not be trusted silently.
  key_id text not null,
  source text not null check (source in ('forgotten', 'unsubscribed', 'bounced')),
  client text,
  added_at timestamptz not null default now()
);

-- What is left of months whose people were removed: counts, for ever.
create table public.kept_counts (
  client text not null references public.clients (slug),
  month text not null,
  zip text not null,
  lead_state text not null,
  reason text,
  leads bigint not null,
  cleaned bigint not null,
  uploaded bigint not null,
  unique nulls not distinct (client, month, zip, lead_state, reason)
);
create index raw_leads_email on public.raw_leads (email) where email is not null;

-- Plans a list: gives it its number within the window and its leads, those that no other list has. Null: there are none.
create function public.plan_list(p_client text, p_month text, p_run uuid, p_list jsonb, p_ids bigint[])
returns jsonb language plpgsql as $$
declare
  v_row public.client_lead_batches;
  v_count integer;
begin
  p_list := public.unwrapped(p_list);
  perform pg_advisory_xact_lock(hashtext('lists:' || p_client || ':' || p_month));
  insert into public.client_lead_batches
    (client, month, workspace, window_no, window_start, window_end, part, run_id, rows)
  select p_client, p_month, p_list ->> 'workspace', (p_list ->> 'window_no')::integer,
    (p_list ->> 'window_start')::date, (p_list ->> 'window_end')::date,
    coalesce((select max(part) from public.client_lead_batches
      where client = p_client and month = p_month and window_no = (p_list ->> 'window_no')::integer), 0) + 1,
    p_run, 0
  returning * into v_row;
  update public.cleaned_leads set batch_id = v_row.id
  where client = p_client and month = p_month and window_no = v_row.window_no and batch_id is null and not reserve
    and id = any (p_ids);
  get diagnostics v_count = row_count;
  if v_count = 0 then
    delete from public.client_lead_batches where id = v_row.id;
    return null;
  end if;
  update public.client_lead_batches set rows = v_count where id = v_row.id returning * into v_row;
  return to_jsonb(v_row);
end;
$$;

-- Plans that never left the house are given up, so that the next plan holds what came meanwhile.
create function public.drop_planned_lists(p_client text, p_month text) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  perform pg_advisory_xact_lock(hashtext('lists:' || p_client || ':' || p_month));
  update public.cleaned_leads c set batch_id = null from public.client_lead_batches b
  where b.client = p_client and b.month = p_month and b.state = 'planned'
    and c.client = p_client and c.month = p_month and c.batch_id = b.id;
  delete from public.client_lead_batches where client = p_client and month = p_month and state = 'planned';
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

-- The campaign for one run at a time. Answers the run that has it: the caller's own when it was free, or its holder is over.
create function public.take_campaign(p_client text, p_run uuid) returns uuid language plpgsql as $$
declare
  v_holder uuid;
begin
  insert into public.evergreen_campaigns as c (client, busy_run) values (p_client, p_run)
  on conflict (client) do update set busy_run = p_run
  where c.busy_run is null or c.busy_run = p_run or not exists (
    select 1 from public.agent_runs r where r.id = c.busy_run and not public.is_over(r.status)
  );
  select busy_run into v_holder from public.evergreen_campaigns where client = p_client;
  return v_holder;
end;
$$;

-- Lists are in the campaign and its title is what it should be: the ledger says so in one.
create function public.attach_lists(p_run uuid, p_client text, p_batches bigint[], p_facts jsonb) returns void
language plpgsql as $$
begin
  p_facts := public.unwrapped(p_facts);
  insert into public.evergreen_attachments
    (run_id, client, window_start, campaign_id, title_before, title_after, window_before, total_before, total_after, added)
  select p_run, p_client, (p_facts ->> 'window_start')::date, p_facts ->> 'campaign_id', p_facts ->> 'title_before',
    p_facts ->> 'title_after', (select window_start from public.evergreen_campaigns where client = p_client),
    (p_facts ->> 'total_before')::integer, (p_facts ->> 'total_after')::integer, (p_facts ->> 'added')::integer
  on conflict (run_id) do nothing;
  -- Said before, by an attempt that died right after it.
  if not found then return; end if;
  update public.client_lead_batches set state = 'attached', attached_by = p_run, attached_at = now()
  where client = p_client and id = any (p_batches);
  insert into public.evergreen_campaigns (client, campaign_id, title, window_start, total_leads)
  values (p_client, p_facts ->> 'campaign_id', p_facts ->> 'title_after', (p_facts ->> 'title_window')::date,
    (p_facts ->> 'total_after')::integer)
  on conflict (client) do update set campaign_id = excluded.campaign_id, title = excluded.title,
    window_start = excluded.window_start, total_leads = excluded.total_leads;
end;
$$;

-- What a run attached is taken back, as far as it can be: no schedule takes these lists up again.
create function public.undo_attachment(p_run uuid, p_who text, p_total integer) returns void language plpgsql as $$
declare
  v_row public.evergreen_attachments;
begin
  update public.evergreen_attachments set state = 'undone', undone_by = p_who where run_id = p_run and state = 'attached'
  returning * into v_row;
  if not found then return; end if;
  update public.client_lead_batches set state = 'undone' where attached_by = p_run and state = 'attached';
  update public.evergreen_campaigns set title = v_row.title_before, window_start = v_row.window_before, total_leads = p_total
  where client = v_row.client and campaign_id = v_row.campaign_id;
  insert into public.audit (who, what, run_id, subject, facts) values (
    p_who, 'undo evergreen', p_run, v_row.client || ' ' || v_row.window_start,
    jsonb_build_object('title', v_row.title_before, 'total', p_total)
  );
end;
$$;

-- Which of these hashes are on the list; whether there are entries that another key made.
create function public.suppressed_among(p_hashes text[], p_key text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'hashes', coalesce((select jsonb_agg(hash) from public.suppressions where hash = any (p_hashes)), '[]'),
    'other_key', exists (select 1 from public.suppressions where key_id <> p_key)
  );
$$;

-- Cleaned leads whose person must not be written to: they leave, and the books say why. So do their doubles of the month.
create function public.suppress_leads(p_client text, p_month text, p_ids bigint[]) returns integer language plpgsql as $$
declare
  v_count integer;
  v_emails text[];
begin
  with gone as (
    delete from public.cleaned_leads
    where client = p_client and month = p_month and id = any (p_ids) and batch_id is null
    returning email
  )
  select count(*), coalesce(array_agg(email), '{}') into v_count, v_emails from gone;
  update public.raw_leads set lead_state = 'quarantined', reason = 'suppressed'
  where client = p_client and month = p_month and email = any (v_emails) and lead_state not in ('quarantined', 'moved');
  return v_count;
end;
$$;

-- A person by e-mail, out of every table. The row of an export stays, empty, so that the books still balance. Answers how
-- many rows there were, and the kept files that hold the person.
create function public.forget_person(p_email text) returns jsonb language plpgsql as $$
declare
  v_files text[];
  v_lists text[];
  v_tables text[];
  v_leads integer;
  v_contacts integer;
  v_people integer;
begin
  select coalesce(array_agg(distinct file), '{}') into v_files from (
    select s.file_key as file from public.raw_leads l join public.lead_sources s on s.id = l.source_id
    where l.email = p_email and s.file_key is not null
    union all
    select b.file_key from public.raw_leads l join public.validation_batches b on b.id = l.validation_batch
    where l.email = p_email
    union all
    select b.file_key from public.intent_leads i join public.intent_batches b on b.id = i.batch_id
    where lower(i.email) = p_email
  ) files;
  select coalesce(array_agg(distinct b.workspace || ': ' || b.list_name), '{}') into v_lists
  from public.cleaned_leads c join public.client_lead_batches b on b.id = c.batch_id
  where c.email = p_email and b.list_name is not null;
  select coalesce(array_agg(distinct b.name), '{}') into v_tables
  from public.raw_leads l join public.validation_batches b on b.id = l.validation_batch
  where l.email = p_email and b.table_ref is not null;
  delete from public.cleaned_leads where email = p_email;
  update public.raw_leads set
    fields = '{}', first_name = '', greeting_name = '', last_name = '', address = '', city = '', phone = null, email = null,
    household_key = null, purchase_date = null, renewal_date = null, home_value = null, head_household = '', income = '',
    date_of_birth = null, verdict = null, lead_state = case when lead_state = 'moved' then 'moved' else 'quarantined' end,
    reason = case when lead_state = 'moved' then reason else 'suppressed' end
  where email = p_email;
  get diagnostics v_leads = row_count;
  delete from public.intent_leads where lower(email) = p_email;
  get diagnostics v_contacts = row_count;
  delete from public.intent_contacts where lower(record ->> 'email') = p_email;
  get diagnostics v_people = row_count;
  return jsonb_build_object(
    'leads', v_leads, 'contacts', v_contacts + v_people, 'files', to_jsonb(v_files), 'lists', to_jsonb(v_lists),
    'tables', to_jsonb(v_tables)
  );
end;
$$;

-- Months before p_before that still hold people.
create function public.months_with_people(p_before text) returns table (client text, month text) language sql stable as $$
  select distinct s.client, s.month from public.lead_sources s
  where s.month < p_before
    and exists (select 1 from public.raw_leads l where l.client = s.client and l.month = s.month)
  order by 1, 2;
$$;

-- The people of a month go, their counts stay.
create function public.retire_month(p_client text, p_month text) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  insert into public.kept_counts (client, month, zip, lead_state, reason, leads, cleaned, uploaded)
  select l.client, l.month, coalesce(l.zip, '?'), l.lead_state, l.reason, count(*), count(c.id), count(c.batch_id)
  from public.raw_leads l left join public.cleaned_leads c on c.raw_lead_id = l.id
  where l.client = p_client and l.month = p_month group by 1, 2, 3, 4, 5
  on conflict (client, month, zip, lead_state, reason) do update set
    leads = kept_counts.leads + excluded.leads, cleaned = kept_counts.cleaned + excluded.cleaned,
    uploaded = kept_counts.uploaded + excluded.uploaded;
  delete from public.cleaned_leads where client = p_client and month = p_month;
  delete from public.raw_leads where client = p_client and month = p_month;
  get diagnostics v_count = row_count;
  update public.lead_sources set file_key = null where client = p_client and month = p_month;
  update public.validation_batches set file_key = '' where client = p_client and month = p_month;
  return v_count;
end;
$$;

-- The books, of months whose people are gone too.
create or replace function public.lead_counts(p_client text, p_month text)
returns table (lead_state text, reason text, leads bigint) language sql stable as $$
  select all_of.lead_state, all_of.reason, sum(all_of.leads)::bigint from (
    select lead_state, reason, count(*) as leads from public.raw_leads
    where client = p_client and month = p_month group by 1, 2
    union all
    select lead_state, reason, leads from public.kept_counts where client = p_client and month = p_month
  ) all_of group by 1, 2 order by 1, 2;
$$;

create function public.raw_count(p_client text, p_month text) returns bigint language sql stable as $$
  select (select count(*) from public.raw_leads where client = p_client and month = p_month)
    + (select coalesce(sum(leads), 0) from public.kept_counts where client = p_client and month = p_month)::bigint;
$$;

create or replace function public.zip_counts(p_client text, p_month text)
returns table (zip text, raw bigint, cleaned bigint, unverified bigint, uploaded bigint) language sql stable as $$
  select all_of.zip, sum(all_of.raw)::bigint, sum(all_of.cleaned)::bigint, sum(all_of.unverified)::bigint,
    sum(all_of.uploaded)::bigint
  from (
    select coalesce(l.zip, '?') as zip, count(*) as raw, count(c.id) as cleaned,
      count(*) filter (where l.lead_state = 'unverified') as unverified, count(c.batch_id) as uploaded
    from public.raw_leads l left join public.cleaned_leads c on c.raw_lead_id = l.id
    where l.client = p_client and l.month = p_month and l.lead_state <> 'moved' group by 1
    union all
    select k.zip, k.leads, k.cleaned, case when k.lead_state = 'unverified' then k.leads else 0 end, k.uploaded
    from public.kept_counts k where k.client = p_client and k.month = p_month and k.lead_state <> 'moved'
  ) all_of group by 1 order by 1;
$$;

select public.lock_down();
