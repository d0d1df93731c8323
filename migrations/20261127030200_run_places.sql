-- An empty channel is no channel: a run that had one was seen by nobody. And one delivery of Slack's starts one run, also
-- where it is worked on again after a crash.

update public.agent_runs set channel = null where channel = '';
update public.slack_messages m set channel = coalesce(
  (select nullif(c.channel, '') from public.clients c where c.slug = r.client), r.requested_by, 'unknown')
from public.agent_runs r where r.id = m.run_id and m.channel = '';
update public.slack_messages set channel = 'unknown', given_up = true where channel = '';

alter table public.agent_runs
  add constraint agent_runs_channel check (channel <> ''),
  -- The delivery it was started by.
  add column delivery text unique;
alter table public.slack_messages add constraint slack_messages_channel check (channel <> '');

-- Starts a run under its key, or answers with the live one that already holds it. The run that this very delivery
-- started is answered as created: whoever asks does what comes after a start, once more.
create or replace function public.start_run(p_run jsonb) returns jsonb language plpgsql as $$
declare
  v_row public.agent_runs;
begin
  p_run := public.unwrapped(p_run);
  select * into v_row from public.agent_runs where delivery = p_run ->> 'delivery';
  if found then
    return jsonb_build_object('created', true, 'run', to_jsonb(v_row));
  end if;
  insert into public.agent_runs
    (workflow, client, month, key, trigger, requested_by, channel, dry_run, args, config, parent, asked_at, delivery)
  values (
    p_run ->> 'workflow', p_run ->> 'client', p_run ->> 'month', p_run ->> 'key', p_run ->> 'trigger',
    p_run ->> 'requested_by', nullif(btrim(p_run ->> 'channel'), ''), coalesce((p_run ->> 'dry_run')::boolean, false),
    coalesce(p_run -> 'args', '{}'), coalesce(p_run -> 'config', '{}'),
    (p_run ->> 'parent')::uuid, (p_run ->> 'asked_at')::timestamptz, p_run ->> 'delivery'
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

select public.lock_down();
