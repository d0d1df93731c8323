-- Fences. Every claim of a run raises its fence; a run's worker sends `x-leadops-fence: <run>:<fence>` with whatever it
-- writes, and a worker whose run was taken over meanwhile is refused (LF001). What comes without the header (a person's
-- click, the command line, the runner's own rows) is not asked.

alter table public.agent_runs add column fence bigint not null default 0;

-- Before every statement that writes where runs write. The shared lock keeps a takeover out until the statement is done.
create function public.check_fence() returns trigger language plpgsql as $$
declare
  v_headers text := nullif(current_setting('request.headers', true), '');
  v_fence text;
  v_run uuid;
begin
  if v_headers is null then return null; end if;
  v_fence := v_headers::json ->> 'x-leadops-fence';
  if v_fence is null then return null; end if;
  v_run := split_part(v_fence, ':', 1)::uuid;
  perform pg_advisory_xact_lock_shared(hashtext('run:' || v_run));
  if not exists (
    select 1 from public.agent_runs
    where id = v_run and fence = split_part(v_fence, ':', 2)::bigint and status = 'running'
  ) then
    raise exception 'LF001: the run % was taken over or is over; nothing was written', v_run using errcode = 'LF001';
  end if;
  return null;
end;
$$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'agent_runs', 'agent_steps', 'approvals', 'slack_messages', 'lead_sources', 'client_zipcodes', 'validation_batches',
    'raw_leads', 'cleaned_leads', 'client_months', 'monthly_cleaned_leads', 'client_lead_batches', 'evergreen_campaigns',
    'evergreen_attachments', 'intent_weeks', 'intent_reservations', 'intent_draws', 'intent_days', 'intent_numbers',
    'intent_batches', 'intent_leads', 'intent_exports', 'intent_contacts'
  ] loop
    execute format(
      'create trigger fence before insert or update or delete on public.%I for each statement execute function public.check_fence()',
      v_table);
  end loop;
end;
$$;

-- Takes a run to work on it, as before, and raises its fence. Nobody waits here: where a statement of the old attempt is
-- under way, or somebody holds the row, the answer is null and the next look tries again.
create or replace function public.claim_run(p_run uuid, p_holder text, p_seconds integer, p_break text default null)
returns jsonb language plpgsql as $$
declare
  v_row public.agent_runs;
begin
  if not pg_try_advisory_xact_lock(hashtext('run:' || p_run)) then return null; end if;
  perform 1 from public.agent_runs where id = p_run for update skip locked;
  if not found then return null; end if;
  update public.agent_runs set
    status = 'running',
    fence = fence + 1,
    lease_holder = p_holder,
    lease_until = now() + make_interval(secs => p_seconds),
    started_at = coalesce(started_at, now()),
    wake_at = null,
    finished_at = null
  where id = p_run
    and ((status = 'queued' and (wake_at is null or wake_at <= now()))
      or (status = 'running' and (lease_until < now() or lease_holder = p_break)))
  returning * into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- The worker's heartbeat. held = false: the run was taken over, stop at once. A null fence asks for the holder only.
drop function public.beat_run(uuid, text, integer);
create function public.beat_run(p_run uuid, p_holder text, p_seconds integer, p_fence bigint default null)
returns jsonb language plpgsql as $$
declare
  v_cancel text;
begin
  update public.agent_runs set lease_until = now() + make_interval(secs => p_seconds)
  where id = p_run and lease_holder = p_holder and status = 'running' and (p_fence is null or fence = p_fence)
  returning cancel_requested_by into v_cancel;
  return jsonb_build_object('held', found, 'cancel', v_cancel);
end;
$$;

-- Ends or parks a run, as before, if it is still this attempt's.
drop function public.leave_run(uuid, text, text, jsonb);
create function public.leave_run(p_run uuid, p_holder text, p_status text, p_patch jsonb, p_fence bigint default null)
returns text language plpgsql as $$
declare
  v_status text := p_status;
begin
  p_patch := public.unwrapped(p_patch);
  if p_status = 'waiting' and (
    exists (select 1 from public.approvals where run_id = p_run and round = p_patch ->> 'round' and state = 'approved')
    or not exists (select 1 from public.approvals where run_id = p_run and round = p_patch ->> 'round' and state = 'pending')
  ) then
    v_status := 'queued';
  end if;
  update public.agent_runs set
    status = v_status,
    lease_holder = null,
    lease_until = null,
    wake_at = now() + make_interval(secs => (p_patch ->> 'wake_seconds')::double precision),
    summary = coalesce(p_patch -> 'summary', summary),
    progress = coalesce(p_patch -> 'progress', progress),
    error = p_patch ->> 'error',
    error_type = p_patch ->> 'error_type',
    credits_used = coalesce((p_patch ->> 'credits_used')::integer, credits_used),
    leads_exported = coalesce((p_patch ->> 'leads_exported')::integer, leads_exported),
    finished_at = case when v_status in ('success', 'failed', 'skipped', 'canceled') then now() end
  where id = p_run and lease_holder = p_holder and status = 'running' and (p_fence is null or fence = p_fence);
  if not found then return null; end if;
  perform public.wake_parent(p_run);
  return v_status;
end;
$$;

-- What a run writes, as functions: only a function sees the header in Supabase Lite.

create function public.step_started(p_run uuid, p_name text) returns void language sql as $$
  insert into public.agent_steps (run_id, name, status) values (p_run, p_name, 'started') on conflict do nothing;
$$;

create function public.step_done(p_run uuid, p_name text, p_output jsonb, p_attempts integer) returns void language sql as $$
  insert into public.agent_steps (run_id, name, status, output, attempts, finished_at)
  values (p_run, p_name, 'done', public.unwrapped(p_output), p_attempts, now())
  on conflict (run_id, name) do update set
    status = 'done', output = excluded.output, attempts = excluded.attempts, finished_at = excluded.finished_at;
$$;

create function public.save_progress(p_run uuid, p_progress jsonb) returns void language sql as $$
  update public.agent_runs set progress = public.unwrapped(p_progress) where id = p_run;
$$;

-- Several say their part of a summary at once; none of it is lost.
create function public.merge_summary(p_run uuid, p_summary jsonb) returns void language sql as $$
  update public.agent_runs set summary = summary || public.unwrapped(p_summary) where id = p_run;
$$;

-- The questions of a round; those that are there already stay as they are.
create function public.ask_round(p_run uuid, p_round text, p_questions jsonb, p_expires timestamptz) returns void language sql as $$
  insert into public.approvals (run_id, round, key, position, kind, payload, marked, required_role, expires_at)
  select p_run, p_round, q.key, q.position, q.kind, q.payload, q.marked, q.required_role, p_expires
  from jsonb_to_recordset(public.unwrapped(p_questions)) as q (
    key text, position integer, kind text, payload jsonb, marked boolean, required_role text)
  on conflict (run_id, round, key) do nothing;
$$;

create function public.supersede_round(p_run uuid, p_round text) returns void language sql as $$
  update public.approvals set state = 'superseded' where run_id = p_run and round = p_round and state = 'pending';
$$;

create function public.note_result(p_approval uuid, p_result jsonb) returns void language sql as $$
  update public.approvals set result = public.unwrapped(p_result) where id = p_approval;
$$;

-- The vendor is asked for a source's file (again): how often, in one statement.
create function public.ask_source(p_source bigint, p_shown integer, p_recount boolean) returns void language sql as $$
  update public.lead_sources set
    status = 'asked', asked = asked + 1, shown = p_shown, recounted = recounted or p_recount
  where id = p_source;
$$;

create function public.save_month(p_client text, p_month text, p_count integer, p_target integer, p_gap integer, p_reserve integer)
returns void language sql as $$
  insert into public.monthly_cleaned_leads (client, month, count, target, gap, reserve)
  values (p_client, p_month, p_count, p_target, p_gap, p_reserve)
  on conflict (client, month) do update set
    count = excluded.count, target = excluded.target, gap = excluded.gap, reserve = excluded.reserve, updated_at = now();
$$;

create function public.relax_home_value(p_client text, p_month text, p_limit integer) returns void language sql as $$
  insert into public.client_months (client, month, home_value_limit) values (p_client, p_month, p_limit)
  on conflict (client, month) do update set home_value_limit = excluded.home_value_limit;
$$;

create function public.make_validation_batch(
  p_run uuid, p_client text, p_month text, p_name text, p_rows integer, p_file_key text
) returns void language sql as $$
  insert into public.validation_batches (run_id, client, month, name, rows, file_key)
  values (p_run, p_client, p_month, p_name, p_rows, p_file_key)
  on conflict (run_id, name) do nothing;
$$;

create function public.batch_submitted(p_batch bigint, p_table_ref text) returns void language sql as $$
  update public.validation_batches set table_ref = p_table_ref, started_at = now() where id = p_batch;
$$;

create function public.batch_collected(p_batch bigint, p_verdicts integer, p_ended boolean) returns void language sql as $$
  update public.validation_batches set verdicts = p_verdicts, ended = p_ended, collected_at = now() where id = p_batch;
$$;

create function public.begin_list(p_batch bigint, p_name text, p_known jsonb, p_rows integer) returns void language sql as $$
  update public.client_lead_batches set
    list_name = p_name, known_lists = public.unwrapped(p_known), rows = p_rows, state = 'uploading', started_at = now()
  where id = p_batch and state in ('planned', 'uploading');
$$;

create function public.list_made(p_batch bigint, p_list text) returns void language sql as $$
  update public.client_lead_batches set list_id = p_list, state = 'uploaded', uploaded_at = now()
  where id = p_batch and state in ('planned', 'uploading');
$$;

create function public.list_counted(p_batch bigint, p_accepted integer, p_failed integer, p_note text) returns void language sql as $$
  update public.client_lead_batches set accepted = p_accepted, failed = p_failed, note = p_note where id = p_batch;
$$;

create function public.drop_empty_list(p_batch bigint) returns void language sql as $$
  delete from public.client_lead_batches
  where id = p_batch and rows = 0 and list_id is null and state in ('planned', 'uploading');
$$;

create function public.leave_lists_out(p_client text, p_batches bigint[]) returns void language sql as $$
  update public.client_lead_batches set state = 'left out'
  where client = p_client and state = 'uploaded' and id = any (p_batches);
$$;

-- The client's campaign. Of another one than before nothing is known yet.
create function public.choose_campaign(p_client text, p_campaign text, p_configured text) returns void language sql as $$
  insert into public.evergreen_campaigns as c (client, campaign_id, configured_id) values (p_client, p_campaign, p_configured)
  on conflict (client) do update set
    campaign_id = excluded.campaign_id,
    configured_id = excluded.configured_id,
    title = case when c.campaign_id = excluded.campaign_id then c.title end,
    window_start = case when c.campaign_id = excluded.campaign_id then c.window_start end,
    total_leads = case when c.campaign_id = excluded.campaign_id then c.total_leads end,
    told = case when c.campaign_id = excluded.campaign_id then c.told else '{}' end;
$$;

create function public.tell_campaign(p_client text, p_told jsonb) returns void language sql as $$
  insert into public.evergreen_campaigns as c (client, told) values (p_client, public.unwrapped(p_told))
  on conflict (client) do update set told = c.told || excluded.told;
$$;

select public.lock_down();
