-- What must be atomic, or is too large for one row at a time, about leads. People's rows travel in batches.

-- Writes the planned exports of a round and gives each its place among the client's exports of the month. Asking again
-- for the same round answers with the rows that are there.
create function public.plan_sources(p_run uuid, p_client text, p_month text, p_round text, p_sources jsonb)
returns jsonb language plpgsql as $$
declare
  v_last integer;
begin
  p_sources := public.unwrapped(p_sources);
  perform pg_advisory_xact_lock(hashtext('sources:' || p_client || ':' || p_month));
  select coalesce(max(ordinal), 0) into v_last from public.lead_sources where client = p_client and month = p_month;
  insert into public.lead_sources
    (client, month, run_id, round, name, origin, state, ordinal, zips, slice, slice_no, slice_count, filters, filters_key, expected)
  select p_client, p_month, p_run, p_round, s ->> 'name', coalesce(s ->> 'origin', 'cole'), s ->> 'state', v_last + n,
    array(select jsonb_array_elements_text(s -> 'zips')), coalesce(s -> 'slice', '[]'),
    coalesce((s ->> 'slice_no')::integer, 1), coalesce((s ->> 'slice_count')::integer, 1),
    coalesce(s -> 'filters', '{}'), coalesce(s ->> 'filters_key', ''), coalesce((s ->> 'expected')::integer, 0)
  from jsonb_array_elements(p_sources) with ordinality as planned (s, n)
  where not exists (
    select 1 from public.lead_sources where run_id = p_run and round = p_round and name = s ->> 'name'
  );
  return (
    select coalesce(jsonb_agg(to_jsonb(l) order by l.ordinal), '[]') from public.lead_sources l
    where l.run_id = p_run and l.round = p_round
      and l.name in (select s ->> 'name' from jsonb_array_elements(p_sources) as s)
  );
end;
$$;

-- A batch of an export's rows. A row that is already there (same export, same line) stays as it is.
create function public.ingest_leads(p_source bigint, p_rows jsonb) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  p_rows := public.unwrapped(p_rows);
  insert into public.raw_leads (
    client, month, source_id, origin, ordinal, line, fields, first_name, greeting_name, last_name, address, city, state,
    zip, phone, phone_blanked, email, household_key, purchase_date, renewal_date, home_value, head_household, income,
    date_of_birth, lead_state, reason
  )
  select s.client, s.month, s.id, s.origin, s.ordinal, r.line, coalesce(r.fields, '{}'), coalesce(r.first_name, ''),
    coalesce(r.greeting_name, ''), coalesce(r.last_name, ''), coalesce(r.address, ''), coalesce(r.city, ''),
    coalesce(r.state, ''), r.zip, r.phone, coalesce(r.phone_blanked, false), r.email, r.household_key, r.purchase_date,
    r.renewal_date, r.home_value, coalesce(r.head_household, ''), coalesce(r.income, ''), r.date_of_birth,
    r.lead_state, r.reason
  from public.lead_sources s, jsonb_to_recordset(p_rows) as r (
    line integer, fields jsonb, first_name text, greeting_name text, last_name text, address text, city text, state text,
    zip text, phone text, phone_blanked boolean, email text, household_key text, purchase_date date, renewal_date date,
    home_value integer, head_household text, income text, date_of_birth date, lead_state text, reason text
  )
  where s.id = p_source
  on conflict (source_id, line) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

-- The export is whole and in: its counts, and its ZIPs marked as pulled, in one.
create function public.store_source(p_source bigint, p_facts jsonb) returns void language plpgsql as $$
begin
  p_facts := public.unwrapped(p_facts);
  update public.lead_sources set
    status = 'stored', stored_at = now(), parsed = (p_facts ->> 'parsed')::integer,
    quarantined = (p_facts ->> 'quarantined')::integer, sha256 = p_facts ->> 'sha256',
    original_rows = (p_facts ->> 'original_rows')::integer, header_style = p_facts ->> 'header_style',
    dropped_columns = array(select jsonb_array_elements_text(coalesce(p_facts -> 'dropped_columns', '[]'))),
    file_key = p_facts ->> 'file_key', note = p_facts ->> 'note'
  where id = p_source;
  insert into public.client_zipcodes (client, month, zip, filters_key, slice_no, slice_count, slice, run_id, source_id, origin)
  select client, month, unnest(zips), filters_key, slice_no, slice_count, slice, run_id, id, origin
  from public.lead_sources where id = p_source
  on conflict (client, month, zip, filters_key, slice_no) do update set
    slice_count = excluded.slice_count, slice = excluded.slice, run_id = excluded.run_id,
    source_id = excluded.source_id, origin = excluded.origin, pulled_at = now();
end;
$$;

-- After --refresh: the rows that an older export brought for these ZIPs go, except what was already uploaded.
create function public.replace_zips(p_client text, p_month text, p_zips text[], p_keep_run uuid) returns integer
language plpgsql as $$
declare
  v_count integer;
begin
  delete from public.raw_leads r
  using public.lead_sources s
  where r.source_id = s.id and r.client = p_client and r.month = p_month and s.run_id is distinct from p_keep_run
    and s.zips && p_zips and coalesce(r.zip, s.zips[1]) = any (p_zips)
    and not exists (select 1 from public.cleaned_leads c where c.raw_lead_id = r.id and c.batch_id is not null);
  get diagnostics v_count = row_count;
  update public.lead_sources s set status = 'replaced'
  where s.client = p_client and s.month = p_month and s.run_id is distinct from p_keep_run and s.status = 'stored'
    and s.zips <@ p_zips and not exists (select 1 from public.raw_leads r where r.source_id = s.id);
  return v_count;
end;
$$;

create function public.set_verdicts(p_client text, p_month text, p_rows jsonb) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  p_rows := public.unwrapped(p_rows);
  update public.raw_leads l set verdict = r.verdict
  from jsonb_to_recordset(p_rows) as r (id bigint, verdict text)
  where l.id = r.id and l.client = p_client and l.month = p_month;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

-- The rows of a batch were handed in for validation.
create function public.mark_submitted(p_batch bigint, p_ids bigint[]) returns void language sql as $$
  update public.raw_leads l set validation_batch = b.id
  from public.validation_batches b
  where b.id = p_batch and l.id = any (p_ids) and l.client = b.client and l.month = b.month;
$$;

-- Batches that were handed in and paid for, with rows that still wait for their verdict.
create function public.late_batches(p_client text, p_month text) returns setof public.validation_batches
language sql stable as $$
  select b.* from public.validation_batches b
  where b.client = p_client and b.month = p_month and b.table_ref is not null and exists (
    select 1 from public.raw_leads l
    where l.client = b.client and l.month = b.month and l.validation_batch = b.id
      and l.lead_state = 'unverified' and l.verdict is null
  )
  order by b.id;
$$;

-- The states of a client's month, changed rows only. A lead that is cleaned gets its row in cleaned_leads, one that no
-- longer is loses it, unless it was uploaded.
create function public.apply_judgements(p_client text, p_month text, p_rows jsonb) returns void language plpgsql as $$
begin
  p_rows := public.unwrapped(p_rows);
  create temporary table judged on commit drop as
    select r.id, r.state, r.reason from jsonb_to_recordset(p_rows) as r (id bigint, state text, reason text);
  update public.raw_leads l set lead_state = j.state, reason = j.reason
  from judged j where l.id = j.id and l.client = p_client and l.month = p_month;
  delete from public.cleaned_leads c using judged j
  where c.raw_lead_id = j.id and j.state <> 'cleaned' and c.batch_id is null;
  insert into public.cleaned_leads (raw_lead_id, client, month, email, household_key, zip, renewal_date, window_no)
  select l.id, l.client, l.month, l.email, l.household_key, l.zip, l.renewal_date,
    least(4, (extract(day from l.renewal_date)::integer - 1) / 7 + 1)
  -- `offset 0` keeps the look-up by id: where nobody has analysed the tables (PGlite has no autovacuum), the planner
  -- expects a month of three leads and compares all of them with every changed one.
  from judged j, lateral (select * from public.raw_leads r where r.id = j.id offset 0) l
  where j.state = 'cleaned' and l.client = p_client and l.month = p_month
  on conflict (raw_lead_id) do nothing;
  drop table judged;
end;
$$;

-- The books: leads per state and reason.
create function public.lead_counts(p_client text, p_month text)
returns table (lead_state text, reason text, leads bigint) language sql stable as $$
  select lead_state, reason, count(*) from public.raw_leads
  where client = p_client and month = p_month group by 1, 2 order by 1, 2;
$$;

-- Per pulled ZIP what came of it.
create function public.zip_counts(p_client text, p_month text)
returns table (zip text, raw bigint, cleaned bigint, unverified bigint, uploaded bigint) language sql stable as $$
  select coalesce(l.zip, '?'), count(*), count(c.id), count(*) filter (where l.lead_state = 'unverified'), count(c.batch_id)
  from public.raw_leads l left join public.cleaned_leads c on c.raw_lead_id = l.id
  where l.client = p_client and l.month = p_month and l.lead_state <> 'moved' group by 1 order by 1;
$$;

create function public.set_reserve(p_client text, p_month text, p_ids bigint[]) returns void language sql as $$
  update public.cleaned_leads set reserve = (raw_lead_id = any (p_ids))
  where client = p_client and month = p_month and batch_id is null and reserve is distinct from (raw_lead_id = any (p_ids));
$$;

-- Moves ZIPs of a month from one client to another: the donor's rows become 'moved', the receiver gets fresh ones with
-- the verdicts that were already paid for. The receiver's source row exists (plan_sources, origin 'moved'). Answers how
-- many rows went; 0 when it was done before. Refused when the donor has uploaded any of them.
create function public.move_zips(p_source bigint, p_from text) returns integer language plpgsql as $$
declare
  v_source public.lead_sources;
  v_count integer;
begin
  select * into v_source from public.lead_sources where id = p_source for update;
  if v_source.status = 'stored' then return 0; end if;
  perform pg_advisory_xact_lock(hashtext('judge:' || least(p_from, v_source.client) || ':' || v_source.month));
  if exists (
    select 1 from public.cleaned_leads
    where client = p_from and month = v_source.month and zip = any (v_source.zips) and batch_id is not null
  ) then
    raise exception 'uploaded: leads of these ZIPs were already uploaded for %', p_from;
  end if;
  insert into public.raw_leads (
    client, month, source_id, origin, ordinal, line, fields, first_name, greeting_name, last_name, address, city, state,
    zip, phone, phone_blanked, email, household_key, purchase_date, renewal_date, home_value, head_household, income,
    date_of_birth, verdict, lead_state, reason, moved_client
  )
  select v_source.client, l.month, v_source.id, 'moved', v_source.ordinal, row_number() over (order by l.ordinal, l.line),
    l.fields, l.first_name, l.greeting_name, l.last_name, l.address, l.city, l.state, l.zip, l.phone, l.phone_blanked,
    l.email, l.household_key, l.purchase_date, l.renewal_date, l.home_value, l.head_household, l.income, l.date_of_birth,
    l.verdict, case when l.lead_state in ('cleaned', 'duplicate') then 'unverified' else l.lead_state end, l.reason, p_from
  from public.raw_leads l
  where l.client = p_from and l.month = v_source.month and l.zip = any (v_source.zips)
    and l.lead_state not in ('moved', 'quarantined');
  get diagnostics v_count = row_count;
  delete from public.cleaned_leads c using public.raw_leads l
  where c.raw_lead_id = l.id and l.client = p_from and l.month = v_source.month and l.zip = any (v_source.zips)
    and l.lead_state not in ('moved', 'quarantined');
  update public.raw_leads l set lead_state = 'moved', reason = null, moved_client = v_source.client
  where l.client = p_from and l.month = v_source.month and l.zip = any (v_source.zips)
    and l.lead_state not in ('moved', 'quarantined');
  perform public.store_source(p_source, jsonb_build_object('parsed', v_count, 'quarantined', 0));
  return v_count;
end;
$$;
