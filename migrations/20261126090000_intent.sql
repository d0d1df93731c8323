-- Intent polling: the week's credits, what is known of companies, batches with their leads, and what was exported.

-- A week of the budget, by its Monday in New York.
create table public.intent_weeks (
  monday text primary key check (monday ~ '^\d{4}-\d{2}-\d{2}$'),
  -- The cap an approver set for this week. The configured one holds where it is higher.
  raised_to integer check (raised_to > 0),
  raised_by text,
  raised_reason text,
  raised_at timestamptz
);

-- What a live run may still draw. Given back when it is over.
create table public.intent_reservations (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  week text not null references public.intent_weeks (monday),
  held integer not null check (held >= 0),
  primary key (run_id, week)
);

-- One paid call. `open`: on its way, `credits` is the most it can cost. `unsettled`: its answer was lost, so it counts as
-- spent until an approver says that nothing was charged (`released`).
create table public.intent_draws (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  name text not null,
  week text not null references public.intent_weeks (monday),
  credits integer not null check (credits >= 0),
  state text not null default 'open' check (state in ('open', 'spent', 'unsettled', 'released')),
  -- Counts of the answer. What it held of people and companies is in the tables below.
  result jsonb,
  at timestamptz not null default now(),
  primary key (run_id, name)
);
create index intent_draws_week on public.intent_draws (week);

-- A company in intent results and the same company in contact search: two id spaces of the same digits.
create table public.intent_company_ids (
  intent_id text primary key,
  company_id text not null,
  learned_at timestamptz not null default now()
);

create table public.intent_companies (
  company_id text primary key,
  details jsonb not null,
  fetched_at timestamptz not null default now()
);

-- People a run paid for, until its leads are stored.
create table public.intent_contacts (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  person_id text not null,
  record jsonb not null,
  created_at timestamptz not null default now(),
  primary key (run_id, person_id)
);

-- The day's batches are numbered from 1; a run has one number, however often it asks.
create table public.intent_days (
  day text primary key check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  batches integer not null
);

create table public.intent_batches (
  id text primary key,
  run_id uuid not null unique references public.agent_runs (id),
  day text not null,
  leads integer not null,
  file_key text not null,
  -- Recipient → { outcome, reply }. The team's own addresses, no lead's.
  recipients jsonb not null default '{}',
  -- 'email' or 'slack', and the New York day, once it is delivered.
  delivered_by text check (delivered_by in ('email', 'slack', 'person')),
  delivered_on text,
  delivered_at timestamptz,
  created_at timestamptz not null default now()
);

create table public.intent_leads (
  batch_id text not null references public.intent_batches (id) on delete cascade,
  position integer not null,
  person_id text not null,
  company_id text not null,
  intent_id text not null,
  -- As the signal spells it: what later signals are compared with.
  company text not null,
  first_name text not null,
  last_name text not null,
  title text not null,
  email text,
  topic text not null,
  age integer not null,
  company_score integer not null,
  score integer not null,
  label text not null,
  -- 'mobile', 'direct' or 'none': what the dialler can call.
  phone text not null check (phone in ('mobile', 'direct', 'none')),
  -- The dialler's 31 cells.
  cells jsonb not null,
  created_at timestamptz not null default now(),
  primary key (batch_id, position)
);
create index intent_leads_email on public.intent_leads (lower(email));

-- Companies of delivered batches: they rest for 180 days. No person in it; kept when the leads are gone.
create table public.intent_exports (
  batch_id text not null references public.intent_batches (id),
  intent_id text not null,
  company_id text not null,
  name text not null,
  day text not null,
  primary key (batch_id, intent_id)
);
create index intent_exports_day on public.intent_exports (day);

create function public.is_over(p_status text) returns boolean language sql immutable as $$
  select p_status in ('success', 'failed', 'skipped', 'canceled');
$$;

-- The number of a run's batch on that day.
create table public.intent_numbers (
  run_id uuid primary key references public.agent_runs (id) on delete cascade,
  day text not null,
  number integer not null,
  unique (day, number)
);
create function public.take_batch_number(p_run uuid, p_day text) returns jsonb language plpgsql as $$
declare
  v_row public.intent_numbers;
begin
  -- Two passes of one run take turns here.
  perform 1 from public.agent_runs where id = p_run for update;
  select * into v_row from public.intent_numbers where run_id = p_run;
  if not found then
    insert into public.intent_days (day, batches) values (p_day, 1)
    on conflict (day) do update set batches = intent_days.batches + 1;
    insert into public.intent_numbers (run_id, day, number)
    select p_run, p_day, batches from public.intent_days where day = p_day
    returning * into v_row;
  end if;
  return jsonb_build_object('day', v_row.day, 'number', v_row.number);
end;
$$;

-- A week's credits as they stand. `held` is what live runs may still spend, calls on their way included.
create function public.intent_budget(p_week text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'spent', coalesce((select sum(credits) from public.intent_draws where week = p_week and state = 'spent'), 0),
    'unsettled', coalesce((select sum(credits) from public.intent_draws where week = p_week and state = 'unsettled'), 0),
    'held', coalesce((select sum(held) from public.intent_reservations where week = p_week), 0)
      + coalesce((select sum(credits) from public.intent_draws where week = p_week and state = 'open'), 0),
    'raised_to', w.raised_to, 'raised_by', w.raised_by, 'raised_reason', w.raised_reason, 'raised_at', w.raised_at)
  from (select 1) one left join public.intent_weeks w on w.monday = p_week;
$$;

-- Holds what a run needs before its first paid call, all of it or nothing. A run that drew before (a retry) holds only
-- what is left; one that held credits of an earlier week gives them back.
create function public.reserve_credits(p_run uuid, p_week text, p_credits integer, p_cap integer) returns jsonb language plpgsql as $$
declare
  v_cap integer;
  v_needed integer;
  v_others integer;
begin
  insert into public.intent_weeks (monday) values (p_week) on conflict do nothing;
  -- Everybody who reserves in this week takes turns here.
  select greatest(p_cap, raised_to) into v_cap from public.intent_weeks where monday = p_week for update;
  -- A run that ends meanwhile waits for us, and gives back what it finds.
  perform 1 from public.agent_runs where id = p_run and not public.is_over(status) for share;
  if not found then raise exception 'run % is over and reserves nothing', p_run; end if;
  update public.intent_reservations set held = 0 where run_id = p_run;
  select greatest(0, p_credits - coalesce(sum(credits), 0)) into v_needed
  from public.intent_draws where run_id = p_run and state <> 'released';
  select (b ->> 'spent')::integer + (b ->> 'unsettled')::integer + (b ->> 'held')::integer into v_others
  from public.intent_budget(p_week) as b;
  if v_others + v_needed <= v_cap then
    insert into public.intent_reservations (run_id, week, held) values (p_run, p_week, v_needed)
    on conflict (run_id, week) do update set held = excluded.held;
  end if;
  return jsonb_build_object(
    'granted', v_others + v_needed <= v_cap, 'needed', v_needed, 'cap', v_cap, 'left', greatest(0, v_cap - v_others));
end;
$$;

-- A paid call begins: its credits come out of what the run holds, or it is refused.
create function public.draw_credits(p_run uuid, p_name text, p_credits integer) returns void language plpgsql as $$
declare
  v_week text;
begin
  perform 1 from public.agent_runs where id = p_run and not public.is_over(status) for share;
  if not found then raise exception 'run % is over and draws nothing', p_run; end if;
  update public.intent_reservations set held = held - p_credits
  where run_id = p_run and held >= p_credits
    and week = (select max(week) from public.intent_reservations where run_id = p_run)
  returning week into v_week;
  if not found then raise exception '% credits for "%" are more than the run holds', p_credits, p_name; end if;
  insert into public.intent_draws (run_id, name, week, credits) values (p_run, p_name, v_week, p_credits)
  on conflict (run_id, name) do update set week = excluded.week, credits = excluded.credits, state = 'open', at = now()
  where intent_draws.state = 'released';
  if not found then raise exception '"%" was drawn before', p_name; end if;
end;
$$;

-- What a run has used, on its row: history never says 0 of a run that spent.
create function public.count_credits(p_run uuid) returns void language sql as $$
  update public.agent_runs set credits_used = (
    select coalesce(sum(credits), 0) from public.intent_draws
    where run_id = p_run and state in ('spent', 'unsettled'))
  where id = p_run;
$$;

-- The vendor certainly did nothing: the credits are back with the run.
create function public.cancel_draw(p_run uuid, p_name text) returns void language plpgsql as $$
declare
  v_draw public.intent_draws;
begin
  -- The run's row first, as whoever ends the run does.
  perform 1 from public.agent_runs where id = p_run for update;
  delete from public.intent_draws where run_id = p_run and name = p_name and state in ('open', 'unsettled') returning * into v_draw;
  if v_draw.state = 'open' then
    update public.intent_reservations set held = held + v_draw.credits where run_id = p_run and week = v_draw.week;
  end if;
  perform public.count_credits(p_run);
end;
$$;

-- The answer is here: what it cost, and in the same breath what it brought. A crash before this loses the answer, never
-- the account of it. An answer that comes after its run was given up settles what had been put down as lost.
create function public.settle_draw(p_run uuid, p_name text, p_credits integer, p_result jsonb, p_brought jsonb) returns void language plpgsql as $$
declare
  v_before public.intent_draws;
begin
  p_result := public.unwrapped(p_result);
  p_brought := public.unwrapped(p_brought);
  perform 1 from public.agent_runs where id = p_run for update;
  select * into v_before from public.intent_draws where run_id = p_run and name = p_name;
  if v_before.state is null or v_before.state not in ('open', 'unsettled') then
    raise exception '"%" is not waiting for an answer', p_name;
  end if;
  update public.intent_draws set state = 'spent', credits = p_credits, result = p_result
  where run_id = p_run and name = p_name;
  if v_before.state = 'open' then
    update public.intent_reservations set held = greatest(0, held + v_before.credits - p_credits)
    where run_id = p_run and week = v_before.week;
  end if;
  insert into public.intent_contacts (run_id, person_id, record)
  select p_run, r.id, r.record from jsonb_to_recordset(p_brought -> 'contacts') as r (id text, record jsonb)
  on conflict (run_id, person_id) do update set record = excluded.record;
  insert into public.intent_company_ids (intent_id, company_id)
  select r.intent, r.company from jsonb_to_recordset(p_brought -> 'ids') as r (intent text, company text)
  on conflict (intent_id) do update set company_id = excluded.company_id, learned_at = now();
  insert into public.intent_companies (company_id, details)
  select r.id, r.details from jsonb_to_recordset(p_brought -> 'companies') as r (id text, details jsonb)
  on conflict (company_id) do update set details = excluded.details, fetched_at = now();
  perform public.count_credits(p_run);
end;
$$;

-- The answer was lost: the most it can have cost counts as spent.
create function public.unsettle_draw(p_run uuid, p_name text) returns void language plpgsql as $$
begin
  perform 1 from public.agent_runs where id = p_run for update;
  update public.intent_draws set state = 'unsettled' where run_id = p_run and name = p_name and state = 'open';
  perform public.count_credits(p_run);
end;
$$;

-- An approver looked at the vendor's own count: nothing of this was charged. Answers the credits that are free again.
create function public.release_unsettled(p_run uuid, p_who text) returns integer language plpgsql as $$
declare
  v_credits integer;
begin
  perform 1 from public.agent_runs where id = p_run for update;
  with changed as (
    update public.intent_draws set state = 'released' where run_id = p_run and state = 'unsettled' returning credits
  )
  select coalesce(sum(credits), 0) into v_credits from changed;
  if v_credits > 0 then
    insert into public.audit (who, what, run_id, facts)
    values (p_who, 'release unsettled credits', p_run, jsonb_build_object('credits', v_credits));
    perform public.count_credits(p_run);
  end if;
  return v_credits;
end;
$$;

-- A higher cap for one week. Compare-and-set: refused where it is no higher than what holds now.
create function public.raise_cap(p_week text, p_cap integer, p_to integer, p_who text, p_reason text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_row public.intent_weeks;
begin
  insert into public.intent_weeks (monday) values (p_week) on conflict do nothing;
  select * into v_row from public.intent_weeks where monday = p_week for update;
  if p_to <= greatest(p_cap, v_row.raised_to) then
    return jsonb_build_object('raised', false, 'cap', greatest(p_cap, v_row.raised_to), 'by', v_row.raised_by);
  end if;
  update public.intent_weeks set raised_to = p_to, raised_by = p_who, raised_reason = p_reason, raised_at = p_now
  where monday = p_week;
  insert into public.audit (who, what, subject, facts)
  values (p_who, 'raise the weekly cap', p_week,
    jsonb_build_object('from', greatest(p_cap, v_row.raised_to), 'to', p_to, 'reason', p_reason));
  return jsonb_build_object('raised', true, 'cap', p_to, 'by', p_who);
end;
$$;

-- The batch and its leads, once.
create function public.store_batch(p_batch jsonb, p_leads jsonb) returns void language plpgsql as $$
begin
  p_batch := public.unwrapped(p_batch);
  p_leads := public.unwrapped(p_leads);
  insert into public.intent_batches (id, run_id, day, leads, file_key)
  values (p_batch ->> 'id', (p_batch ->> 'run_id')::uuid, p_batch ->> 'day', jsonb_array_length(p_leads), p_batch ->> 'file_key')
  on conflict (id) do nothing;
  if not found then return; end if;
  insert into public.intent_leads
    (batch_id, position, person_id, company_id, intent_id, company, first_name, last_name, title, email, topic, age,
     company_score, score, label, phone, cells)
  select p_batch ->> 'id', r.position, r.person_id, r.company_id, r.intent_id, r.company, r.first_name, r.last_name, r.title,
    r.email, r.topic, r.age, r.company_score, r.score, r.label, r.phone, r.cells
  from jsonb_to_recordset(p_leads) as r (
    position integer, person_id text, company_id text, intent_id text, company text, first_name text, last_name text,
    title text, email text, topic text, age integer, company_score integer, score integer, label text, phone text, cells jsonb);
end;
$$;

-- What became of a mail, recipient by recipient; what was known of others stays.
create function public.note_recipients(p_batch text, p_recipients jsonb) returns jsonb language plpgsql as $$
declare
  v_all jsonb;
begin
  p_recipients := public.unwrapped(p_recipients);
  update public.intent_batches set recipients = recipients || p_recipients where id = p_batch returning recipients into v_all;
  return v_all;
end;
$$;

-- Delivered: only now do its companies count as exported. False: it was delivered before.
create function public.deliver_batch(p_batch text, p_by text, p_day text) returns boolean language plpgsql as $$
declare
  v_run uuid;
  v_leads integer;
begin
  update public.intent_batches set delivered_by = p_by, delivered_on = p_day, delivered_at = now()
  where id = p_batch and delivered_at is null
  returning run_id, leads into v_run, v_leads;
  if not found then return false; end if;
  insert into public.intent_exports (batch_id, intent_id, company_id, name, day)
  select batch_id, intent_id, company_id, company, p_day from public.intent_leads where batch_id = p_batch
  on conflict do nothing;
  update public.agent_runs set leads_exported = v_leads where id = v_run;
  return true;
end;
$$;

-- However a run ends (done, failed, skipped, canceled, by whatever process): what it held is free again, a call of which
-- nobody knows the answer counts as spent, and its row says what it cost and brought.
create function public.close_intent_run() returns trigger language plpgsql as $$
begin
  update public.intent_draws set state = 'unsettled' where run_id = new.id and state = 'open';
  update public.intent_reservations set held = 0 where run_id = new.id;
  if new.status in ('success', 'skipped') then
    delete from public.intent_contacts where run_id = new.id;
  end if;
  select coalesce(sum(credits), 0) into new.credits_used
  from public.intent_draws where run_id = new.id and state in ('spent', 'unsettled');
  select id, case when delivered_at is null then 0 else leads end into new.batch_id, new.leads_exported
  from public.intent_batches where run_id = new.id;
  new.leads_exported := coalesce(new.leads_exported, 0);
  return new;
end;
$$;
create trigger intent_run_is_over before update of status on public.agent_runs
  for each row when (new.workflow = 'intent' and public.is_over(new.status) and not public.is_over(old.status))
  execute function public.close_intent_run();

-- A due time of something that is not set up is nobody's miss.
alter table public.due_times drop constraint due_times_state_check;
alter table public.due_times add constraint due_times_state_check
  check (state in ('due', 'started', 'covered', 'missed', 'off'));

-- One due time for somebody who comes for just that one (a cron elsewhere). Null: it is handled, or somebody is at it.
create function public.claim_due_of(p_kind text, p_day text, p_worker text, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_row public.due_times;
begin
  update public.due_times set claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds)
  where kind = p_kind and day = p_day and state = 'due' and (claimed_until is null or claimed_until < now())
  returning * into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- A message may be a file with a line above it. One that was given up is tried again when it is asked for again.
alter table public.slack_messages add column file_key text, add column file_name text;
create function public.want_file(
  p_run uuid, p_purpose text, p_channel text, p_text text, p_file_key text, p_file_name text, p_under text
) returns jsonb language plpgsql as $$
declare
  v_row public.slack_messages;
begin
  insert into public.slack_messages (run_id, purpose, channel, under, text, file_key, file_name)
  values (p_run, p_purpose, p_channel, p_under, p_text, p_file_key, p_file_name)
  on conflict (run_id, purpose) do update set
    given_up = false, attempts = case when slack_messages.given_up then 0 else slack_messages.attempts end,
    next_try_at = case when slack_messages.given_up then now() else slack_messages.next_try_at end, updated_at = now()
  returning * into v_row;
  return to_jsonb(v_row);
end;
$$;

select public.lock_down();
