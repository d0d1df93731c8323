-- Columns that nobody read. A step's number of attempts was always 1 (it is written once, when it is done), and the lists
-- that were known at Bison before ours was made always none.

drop function public.step_done(uuid, text, jsonb, integer);
create function public.step_done(p_run uuid, p_name text, p_output jsonb) returns void language sql as $$
  insert into public.agent_steps (run_id, name, status, output, finished_at)
  values (p_run, p_name, 'done', public.unwrapped(p_output), now())
  on conflict (run_id, name) do update set
    status = 'done', output = excluded.output, finished_at = excluded.finished_at;
$$;
alter table public.agent_steps drop column attempts;

drop function public.begin_list(bigint, text, jsonb, integer);
create function public.begin_list(p_batch bigint, p_name text, p_rows integer) returns void language sql as $$
  update public.client_lead_batches set list_name = p_name, rows = p_rows, state = 'uploading', started_at = now()
  where id = p_batch and state in ('planned', 'uploading');
$$;
alter table public.client_lead_batches drop column known_lists;

select public.lock_down();
