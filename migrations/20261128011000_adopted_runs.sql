-- A run that starts others finds one of them live already, because somebody asked for it: it becomes its child, so that its end
-- wakes the parent. A child of a run that is over is as good as nobody's.
create function public.adopt_run(p_run uuid, p_parent uuid) returns void language sql as $$
  update public.agent_runs c set parent = p_parent
  where c.id = p_run and c.id <> p_parent and c.status in ('queued', 'running', 'waiting')
    and not exists (
      select 1 from public.agent_runs p
      where p.id = c.parent and p.id <> p_parent and p.status in ('queued', 'running', 'waiting')
    );
$$;

-- The month's message looks for its clients' pulls by it.
create index agent_runs_month on public.agent_runs (month, workflow, created_at);

select public.lock_down();
