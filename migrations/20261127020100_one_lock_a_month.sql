-- One lock for each client and month: judging, moving ZIPs and planning lists take turns. The lock is the row of
-- client_months, and taking it counts its version up: whoever read leads under another version judges again.

alter table public.client_months add column lead_version bigint not null default 0;

-- ZIPs of a month that went to another client: whatever the donor still gets of them is the receiver's.
create table public.zip_moves (
  client text not null references public.clients (slug),
  month text not null,
  zip text not null,
  moved_to text not null references public.clients (slug),
  at timestamptz not null default now(),
  primary key (client, month, zip)
);
insert into public.zip_moves (client, month, zip, moved_to)
select distinct on (client, month, zip) client, month, zip, moved_client
from public.raw_leads where lead_state = 'moved' and zip is not null and moved_client is not null
order by client, month, zip, id desc;

-- What a move answered, for the attempt that comes after a crash.
alter table public.lead_sources add column move jsonb;

-- Begins a change of a month's leads. Everything that changes them calls it first, of two months in the order of the client's
-- slugs, and holds the lock to its end. Answers the version that readers see when the change is done.
create function public.lock_leads(p_client text, p_month text) returns bigint language sql as $$
  insert into public.client_months as m (client, month, lead_version) values (p_client, p_month, 1)
  on conflict (client, month) do update set lead_version = m.lead_version + 1
  returning lead_version;
$$;

-- Another home-value limit is another judgement.
create function public.count_limit_as_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.home_value_limit is not null then new.lead_version := new.lead_version + 1; end if;
  elsif new.home_value_limit is distinct from old.home_value_limit then
    new.lead_version := old.lead_version + 1;
  end if;
  return new;
end;
$$;
create trigger limit_is_a_change before insert or update of home_value_limit on public.client_months
  for each row execute function public.count_limit_as_change();

create or replace function public.ingest_leads(p_source bigint, p_rows jsonb) returns integer language plpgsql as $$
declare
  v_count integer;
  v_source public.lead_sources;
begin
  p_rows := public.unwrapped(p_rows);
  select * into v_source from public.lead_sources where id = p_source;
  perform public.lock_leads(v_source.client, v_source.month);
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
  -- A ZIP that went to another client while it was being pulled (or is pulled again by --refresh) is that client's.
  if exists (select 1 from public.zip_moves where client = v_source.client and month = v_source.month) then
    update public.raw_leads l set lead_state = 'moved', reason = null, moved_client = m.moved_to
    from public.zip_moves m
    where l.source_id = p_source and l.lead_state not in ('quarantined', 'moved')
      and m.client = l.client and m.month = l.month and m.zip = l.zip;
  end if;
  return v_count;
end;
$$;

create or replace function public.replace_zips(p_client text, p_month text, p_zips text[], p_keep_run uuid) returns integer
language plpgsql as $$
declare
  v_count integer;
begin
  perform public.lock_leads(p_client, p_month);
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

create or replace function public.set_verdicts(p_client text, p_month text, p_rows jsonb) returns integer
language plpgsql as $$
declare
  v_count integer;
begin
  p_rows := public.unwrapped(p_rows);
  perform public.lock_leads(p_client, p_month);
  update public.raw_leads l set verdict = r.verdict
  from jsonb_to_recordset(p_rows) as r (id bigint, verdict text)
  where l.id = r.id and l.client = p_client and l.month = p_month;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

-- The states of a client's month, changed rows only, as judged from the rows of `p_version`. Answers the version they have
-- now; null where the rows are others by now: nothing was changed, judge again. (p_version null: whatever they are.)
-- What moved away or was taken out meanwhile stays so whatever was judged.
drop function public.apply_judgements(text, text, jsonb);
create function public.apply_judgements(p_client text, p_month text, p_rows jsonb, p_version bigint default null)
returns bigint language plpgsql as $$
declare
  v_version bigint;
begin
  p_rows := public.unwrapped(p_rows);
  v_version := public.lock_leads(p_client, p_month);
  if v_version <> p_version + 1 then
    -- Not a change after all.
    update public.client_months set lead_version = v_version - 1 where client = p_client and month = p_month;
    return null;
  end if;
  create temporary table judged on commit drop as
    select r.id, r.state, r.reason from jsonb_to_recordset(p_rows) as r (id bigint, state text, reason text);
  delete from judged j using public.raw_leads l where l.id = j.id and l.lead_state in ('moved', 'quarantined');
  update public.raw_leads l set lead_state = j.state, reason = j.reason
  from judged j where l.id = j.id and l.client = p_client and l.month = p_month
    and l.lead_state not in ('moved', 'quarantined');
  delete from public.cleaned_leads c using judged j
  where c.raw_lead_id = j.id and j.state <> 'cleaned' and c.batch_id is null;
  insert into public.cleaned_leads (raw_lead_id, client, month, email, household_key, zip, renewal_date, window_no)
  select l.id, l.client, l.month, l.email, l.household_key, l.zip, l.renewal_date,
    least(4, (extract(day from l.renewal_date)::integer - 1) / 7 + 1)
  -- `offset 0` keeps the look-up by id: where nobody has analysed the tables (PGlite has no autovacuum), the planner
  -- expects a month of three leads and compares all of them with every changed one.
  from judged j, lateral (select * from public.raw_leads r where r.id = j.id offset 0) l
  where j.state = 'cleaned' and l.lead_state = 'cleaned' and l.client = p_client and l.month = p_month
  on conflict (raw_lead_id) do nothing;
  drop table judged;
  return v_version;
end;
$$;

-- Which cleaned leads are kept for later, chosen from those of `p_version`. False: they are others by now, choose again.
drop function public.set_reserve(text, text, bigint[]);
create function public.set_reserve(p_client text, p_month text, p_ids bigint[], p_version bigint default null)
returns boolean language plpgsql as $$
declare
  v_version bigint;
begin
  v_version := public.lock_leads(p_client, p_month);
  -- Nobody judges by what is kept for later: the version stays.
  update public.client_months set lead_version = v_version - 1 where client = p_client and month = p_month;
  if v_version <> p_version + 1 then return false; end if;
  update public.cleaned_leads set reserve = (raw_lead_id = any (p_ids))
  where client = p_client and month = p_month and batch_id is null and reserve is distinct from (raw_lead_id = any (p_ids));
  return true;
end;
$$;

-- Moves ZIPs of a month from one client to another: the donor's rows become 'moved', the receiver gets fresh ones with the
-- verdicts that were already paid for. The receiver's source row exists (plan_sources, origin 'moved'). ZIP by ZIP it is
-- looked at again whether the donor may lose it at this moment: refused with 'listed' (a list for Bison has leads of it),
-- 'target' (the donor would have fewer cleaned leads than `p_keep`) or 'gone' (it has nothing of it any more). Answers
-- {rows, zips, refused: [{zip, why}]}, the same when it is asked again.
drop function public.move_zips(bigint, text);
create function public.move_zips(p_source bigint, p_from text, p_keep integer) returns jsonb language plpgsql as $$
declare
  v_source public.lead_sources;
  v_left integer;
  v_zip text;
  v_alive integer;
  v_cleaned integer;
  v_listed integer;
  v_why text;
  v_zips text[] := '{}';
  v_refused jsonb := '[]';
  v_count integer;
  v_answer jsonb;
begin
  select * into v_source from public.lead_sources where id = p_source;
  perform public.lock_leads(least(p_from, v_source.client), v_source.month);
  perform public.lock_leads(greatest(p_from, v_source.client), v_source.month);
  select * into v_source from public.lead_sources where id = p_source for update;
  if v_source.move is not null then return v_source.move; end if;
  if v_source.status = 'stored' then
    return jsonb_build_object('rows', 0, 'zips', to_jsonb(v_source.zips), 'refused', '[]'::jsonb);
  end if;
  select count(*) into v_left from public.cleaned_leads where client = p_from and month = v_source.month;
  foreach v_zip in array v_source.zips loop
    select count(*), count(c.id), count(c.batch_id) into v_alive, v_cleaned, v_listed
    from public.raw_leads l left join public.cleaned_leads c on c.raw_lead_id = l.id
    where l.client = p_from and l.month = v_source.month and l.zip = v_zip and l.lead_state not in ('moved', 'quarantined');
    v_why := case
      when v_alive = 0 then 'gone'
      when v_listed > 0 then 'listed'
      when v_left - v_cleaned < p_keep then 'target'
    end;
    if v_why is null then
      v_zips := v_zips || v_zip;
      v_left := v_left - v_cleaned;
    else
      v_refused := v_refused || jsonb_build_object('zip', v_zip, 'why', v_why);
    end if;
  end loop;
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
  where l.client = p_from and l.month = v_source.month and l.zip = any (v_zips)
    and l.lead_state not in ('moved', 'quarantined');
  get diagnostics v_count = row_count;
  delete from public.cleaned_leads c using public.raw_leads l
  where c.raw_lead_id = l.id and l.client = p_from and l.month = v_source.month and l.zip = any (v_zips)
    and l.lead_state not in ('moved', 'quarantined');
  update public.raw_leads l set lead_state = 'moved', reason = null, moved_client = v_source.client
  where l.client = p_from and l.month = v_source.month and l.zip = any (v_zips)
    and l.lead_state not in ('moved', 'quarantined');
  delete from public.zip_moves where client = v_source.client and month = v_source.month and zip = any (v_zips);
  insert into public.zip_moves (client, month, zip, moved_to)
  select p_from, v_source.month, unnest(v_zips), v_source.client
  on conflict (client, month, zip) do update set moved_to = excluded.moved_to, at = now();
  v_answer := jsonb_build_object('rows', v_count, 'zips', to_jsonb(v_zips), 'refused', v_refused);
  update public.lead_sources set move = v_answer where id = p_source;
  if cardinality(v_zips) = 0 then
    update public.lead_sources set status = 'replaced', parsed = 0, quarantined = 0, note = 'nothing was moved'
    where id = p_source;
  else
    update public.lead_sources set zips = v_zips where id = p_source;
    perform public.store_source(p_source, jsonb_build_object('parsed', v_count, 'quarantined', 0));
  end if;
  return v_answer;
end;
$$;

create or replace function public.plan_list(p_client text, p_month text, p_run uuid, p_list jsonb, p_ids bigint[])
returns jsonb language plpgsql as $$
declare
  v_row public.client_lead_batches;
  v_count integer;
begin
  p_list := public.unwrapped(p_list);
  perform public.lock_leads(p_client, p_month);
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

create or replace function public.drop_planned_lists(p_client text, p_month text) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  perform public.lock_leads(p_client, p_month);
  update public.cleaned_leads c set batch_id = null from public.client_lead_batches b
  where b.client = p_client and b.month = p_month and b.state = 'planned'
    and c.client = p_client and c.month = p_month and c.batch_id = b.id;
  delete from public.client_lead_batches where client = p_client and month = p_month and state = 'planned';
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

create or replace function public.suppress_leads(p_client text, p_month text, p_ids bigint[]) returns integer
language plpgsql as $$
declare
  v_count integer;
  v_emails text[];
begin
  perform public.lock_leads(p_client, p_month);
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

create or replace function public.suppress_in_list(p_batch bigint, p_emails text[]) returns integer language plpgsql as $$
declare
  v_list public.client_lead_batches;
  v_gone text[];
  v_count integer;
begin
  select * into v_list from public.client_lead_batches where id = p_batch;
  if not found then return null; end if;
  perform public.lock_leads(v_list.client, v_list.month);
  select * into v_list from public.client_lead_batches where id = p_batch for update;
  if not found or v_list.state not in ('planned', 'uploading') then return null; end if;
  with gone as (
    delete from public.cleaned_leads
    where client = v_list.client and month = v_list.month and batch_id = p_batch and email = any (p_emails)
    returning email
  )
  select coalesce(array_agg(email), '{}') into v_gone from gone;
  update public.raw_leads set lead_state = 'quarantined', reason = 'suppressed'
  where client = v_list.client and month = v_list.month and email = any (v_gone)
    and lead_state not in ('quarantined', 'moved');
  select count(*) into v_count from public.cleaned_leads
  where client = v_list.client and month = v_list.month and batch_id = p_batch;
  update public.client_lead_batches set rows = v_count where id = p_batch;
  return v_count;
end;
$$;

select public.lock_down();
