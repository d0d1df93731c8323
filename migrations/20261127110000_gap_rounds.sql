-- What Pick ZIPs offers in a round of a gap report, and whether the round still takes picks. Pick ZIPs read it out of the
-- run's remembered steps, which are the engine's own.

create table public.gap_rounds (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  -- As in approvals.
  round text not null,
  gap integer not null,
  -- Suggestions as a question's payload holds them: ZIPs and counts, no person.
  picks jsonb not null,
  -- The run reads the round's approvals for the last time after this.
  closed boolean not null default false,
  primary key (run_id, round)
);
alter table public.gap_rounds enable row level security;
create trigger fence before insert or update or delete on public.gap_rounds
  for each statement execute function public.check_fence();

-- Rounds of runs that may go on: live ones, and those that somebody may retry.
insert into public.gap_rounds (run_id, round, gap, picks, closed)
select s.run_id, s.name, (s.output #>> '{value,facts,gap}')::integer, s.output #> '{value,picks}',
  exists (select 1 from public.agent_steps c where c.run_id = s.run_id and c.name = s.name || ': supersede')
from public.agent_steps s join public.agent_runs r on r.id = s.run_id
where r.workflow = 'pull-leads' and r.status not in ('success', 'skipped')
  and s.name ~ '^gap [0-9]+$' and s.status = 'done'
  and jsonb_typeof(s.output #> '{value,picks}') = 'array'
  and jsonb_typeof(s.output #> '{value,facts,gap}') = 'number';

-- Written by the step that works the round out, which may begin again: the newest is offered.
create function public.offer_picks(p_run uuid, p_round text, p_gap integer, p_picks jsonb) returns void language sql as $$
  insert into public.gap_rounds (run_id, round, gap, picks) values (p_run, p_round, p_gap, public.unwrapped(p_picks))
  on conflict (run_id, round) do update set gap = excluded.gap, picks = excluded.picks;
$$;

-- A round is closed before its pending questions go: no pick comes after that.
create or replace function public.supersede_round(p_run uuid, p_round text) returns void language sql as $$
  update public.gap_rounds set closed = true where run_id = p_run and round = p_round;
  update public.approvals set state = 'superseded' where run_id = p_run and round = p_round and state = 'pending';
$$;

-- Picked ZIPs as questions of the round, approved at once. Answers with the rows that changed; null: the round is closed.
-- Holds the round meanwhile, so that the run reads these approvals or they are not made.
create function public.pick_zips(
  p_run uuid, p_round text, p_questions jsonb, p_expires timestamptz, p_by text, p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  v_ids uuid[];
begin
  perform 1 from public.gap_rounds where run_id = p_run and round = p_round and not closed for update;
  if not found then return null; end if;
  p_questions := public.unwrapped(p_questions);
  perform public.ask_round(p_run, p_round, p_questions, p_expires);
  select coalesce(array_agg(id), '{}') into v_ids from public.approvals
  where run_id = p_run and round = p_round
    and key in (select question ->> 'key' from jsonb_array_elements(p_questions) as question);
  return public.decide(v_ids, 'approved', p_by, p_now, null, jsonb_build_object('picked', true));
end;
$$;

select public.lock_down();
