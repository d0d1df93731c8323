-- What must be atomic about runs, decisions and leases. All called with the service role.

-- Starts a run under its key, or answers with the live one that already holds it.
create function public.start_run(p_run jsonb) returns jsonb language plpgsql as $$
declare
  v_row public.agent_runs;
begin
  p_run := public.unwrapped(p_run);
  insert into public.agent_runs
    (workflow, client, month, key, trigger, requested_by, channel, dry_run, args, config, parent, asked_at)
  values (
    p_run ->> 'workflow', p_run ->> 'client', p_run ->> 'month', p_run ->> 'key', p_run ->> 'trigger',
    p_run ->> 'requested_by', p_run ->> 'channel', coalesce((p_run ->> 'dry_run')::boolean, false),
    coalesce(p_run -> 'args', '{}'), coalesce(p_run -> 'config', '{}'),
    (p_run ->> 'parent')::uuid, (p_run ->> 'asked_at')::timestamptz
  )
  on conflict (key) where status in ('queued', 'running', 'waiting') do nothing
  returning * into v_row;
  if found then
    return jsonb_build_object('created', true, 'run', to_jsonb(v_row));
  end if;
  select * into v_row from public.agent_runs
    where key = p_run ->> 'key' and status in ('queued', 'running', 'waiting');
  if not found then
    -- The live one ended between the two statements: ask again.
    return public.start_run(p_run);
  end if;
  return jsonb_build_object('created', false, 'run', to_jsonb(v_row));
end;
$$;

-- Takes a run to work on it: a queued one whose time has come, or one whose worker is dead (its lease ran out, or the caller knows that
-- the process `p_break` is gone). Null: somebody else has it, or there is nothing to do.
create function public.claim_run(p_run uuid, p_holder text, p_seconds integer, p_break text default null)
returns jsonb language plpgsql as $$
declare
  v_row public.agent_runs;
begin
  update public.agent_runs set
    status = 'running',
    lease_holder = p_holder,
    lease_until = now() + make_interval(secs => p_seconds),
    started_at = coalesce(started_at, now()),
    wake_at = null,
    finished_at = null
  where id = p_run
    and ((status = 'queued' and (wake_at is null or wake_at <= now())) or (status = 'running' and (lease_until < now() or lease_holder = p_break)))
  returning * into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- The worker's heartbeat. held = false: the run was taken over, stop at once.
create function public.beat_run(p_run uuid, p_holder text, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_cancel text;
begin
  update public.agent_runs set lease_until = now() + make_interval(secs => p_seconds)
  where id = p_run and lease_holder = p_holder and status = 'running'
  returning cancel_requested_by into v_cancel;
  return jsonb_build_object('held', found, 'cancel', v_cancel);
end;
$$;

-- A run is over, or waits for a person: the run that started it need not sleep any longer.
create function public.wake_parent(p_run uuid) returns void language sql as $$
  update public.agent_runs p set wake_at = now()
  from public.agent_runs c
  where c.id = p_run and p.id = c.parent and p.status = 'queued' and p.wake_at > now()
    and c.status in ('waiting', 'success', 'failed', 'skipped', 'canceled');
$$;

-- Ends or parks a run, if it is still ours. A run that parks on a round of questions of which one was answered in this
-- moment goes straight back to the queue. One that sleeps is queued for later (`wake_seconds`); a run it started wakes it
-- when it is over.
create function public.leave_run(p_run uuid, p_holder text, p_status text, p_patch jsonb) returns text language plpgsql as $$
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
  where id = p_run and lease_holder = p_holder and status = 'running';
  if not found then return null; end if;
  perform public.wake_parent(p_run);
  return v_status;
end;
$$;

-- Cancels: a run nobody works on ends here and now, a running one is told.
create function public.cancel_run(p_run uuid, p_who text) returns text language plpgsql as $$
declare
  v_status text;
begin
  update public.agent_runs set
    cancel_requested_by = p_who,
    status = case when status in ('queued', 'waiting') then 'canceled' else status end,
    finished_at = case when status in ('queued', 'waiting') then now() end
  where id = p_run and status in ('queued', 'running', 'waiting')
  returning status into v_status;
  if v_status is not null then
    insert into public.audit (who, what, run_id) values (p_who, 'cancel', p_run);
    update public.approvals set state = 'superseded' where run_id = p_run and state = 'pending' and v_status = 'canceled';
    perform public.wake_parent(p_run);
  end if;
  return v_status;
end;
$$;

-- Puts a failed or canceled run back in the queue; its finished steps stay. Null: it is not in such a state.
-- A live run of the same key makes this fail with unique_violation.
create function public.retry_run(p_run uuid, p_who text) returns text language plpgsql as $$
declare
  v_status text;
begin
  update public.agent_runs set
    status = 'queued', attempt = attempt + 1, error = null, error_type = null, cancel_requested_by = null,
    wake_at = null, finished_at = null
  where id = p_run and status in ('failed', 'canceled')
  returning status into v_status;
  if v_status is not null then
    insert into public.audit (who, what, run_id) values (p_who, 'retry', p_run);
  end if;
  return v_status;
end;
$$;

-- Compare-and-set: only pending questions that have not expired change. Answers with the rows that changed, and wakes
-- their run.
create function public.decide(
  p_ids uuid[], p_state text, p_by text, p_now timestamptz, p_reason text default null, p_facts jsonb default '{}'
) returns jsonb language plpgsql as $$
declare
  v_rows jsonb;
begin
  p_facts := public.unwrapped(p_facts);
  with changed as (
    update public.approvals set state = p_state, decided_by = p_by, decided_at = p_now, reason = p_reason
    where id = any (p_ids) and state = 'pending' and expires_at > p_now
    returning *
  ), noted as (
    insert into public.audit (who, what, run_id, subject, facts)
    select p_by, p_state, run_id, key, p_facts || jsonb_build_object('approval', id, 'payload', payload, 'reason', p_reason)
    from changed
  )
  select coalesce(jsonb_agg(to_jsonb(changed) order by position), '[]') into v_rows from changed;
  update public.agent_runs set status = 'queued'
  where status = 'waiting' and id in (select (row ->> 'run_id')::uuid from jsonb_array_elements(v_rows) as row);
  return v_rows;
end;
$$;

create function public.expire_approvals(p_now timestamptz) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  with changed as (
    update public.approvals set state = 'expired', decided_at = p_now
    where state = 'pending' and expires_at <= p_now
    returning run_id
  ), woken as (
    update public.agent_runs set status = 'queued'
    where status = 'waiting' and id in (select run_id from changed)
    returning id
  )
  select count(*) into v_count from changed;
  return v_count;
end;
$$;

-- A login for one holder. Granted when free, ours, run out, or held by the dead process `p_break`; then `previous` is
-- the lease that was taken over, so that its browser can be ended first.
create function public.claim_login(p_login text, p_holder text, p_browser jsonb, p_seconds integer, p_break text default null)
returns jsonb language plpgsql as $$
declare
  v_held public.login_leases;
begin
  p_browser := public.unwrapped(p_browser);
  insert into public.login_leases (login, holder, browser, until)
  values (p_login, p_holder, p_browser, now() + make_interval(secs => p_seconds))
  on conflict (login) do nothing;
  if found then return jsonb_build_object('granted', true, 'previous', null); end if;
  select * into v_held from public.login_leases where login = p_login for update;
  if not found then return jsonb_build_object('granted', false, 'holder', null); end if;
  if v_held.holder = p_holder or v_held.until < now() or v_held.holder = p_break then
    update public.login_leases set holder = p_holder, browser = p_browser, until = now() + make_interval(secs => p_seconds)
    where login = p_login;
    return jsonb_build_object('granted', true, 'previous', case when v_held.holder = p_holder then null else to_jsonb(v_held) end);
  end if;
  return jsonb_build_object('granted', false, 'holder', v_held.holder);
end;
$$;

create function public.renew_login(p_login text, p_holder text, p_seconds integer) returns boolean language plpgsql as $$
begin
  update public.login_leases set until = now() + make_interval(secs => p_seconds)
  where login = p_login and holder = p_holder;
  return found;
end;
$$;

create function public.release_login(p_login text, p_holder text) returns void language sql as $$
  delete from public.login_leases where login = p_login and holder = p_holder;
$$;
