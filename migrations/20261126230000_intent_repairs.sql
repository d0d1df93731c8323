-- Intent polling: a due time that was off elsewhere can be taken up, an answer is settled once however often it is told,
-- and owners go on where the last batch ended.

-- One due time for somebody who comes for just that one (a cron elsewhere). Whoever closed it as `off` lacked the login;
-- a cron with secrets of its own may have it. Null: it is handled, or somebody is at it.
create or replace function public.claim_due_of(p_kind text, p_day text, p_worker text, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_row public.due_times;
begin
  update public.due_times
  set state = 'due', claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds)
  where kind = p_kind and day = p_day
    and (state = 'off' or (state = 'due' and (claimed_until is null or claimed_until < now())))
  returning * into v_row;
  if not found then return null; end if;
  return to_jsonb(v_row);
end;
$$;

-- The answer is here: what it cost, and in the same breath what it brought. A crash before this loses the answer, never
-- the account of it. An answer that comes after its run was given up settles what had been put down as lost. Told again,
-- because the word that it is written was lost, it changes nothing.
create or replace function public.settle_draw(p_run uuid, p_name text, p_credits integer, p_result jsonb, p_brought jsonb) returns void language plpgsql as $$
declare
  v_before public.intent_draws;
begin
  p_result := public.unwrapped(p_result);
  p_brought := public.unwrapped(p_brought);
  perform 1 from public.agent_runs where id = p_run for update;
  select * into v_before from public.intent_draws where run_id = p_run and name = p_name;
  if v_before.state = 'spent' then return; end if;
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

-- Leads of all other runs' batches so far: where the next batch's owners go on.
create function public.leads_before(p_run uuid) returns integer language sql stable as $$
  select coalesce(sum(leads), 0)::integer from public.intent_batches where run_id <> p_run;
$$;

select public.lock_down();
