-- Who is away, and who stands in: a member's backup has the member's roles on these days.

create table public.absences (
  slack_id text primary key,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  -- Who stands in for every role of theirs; null: whoever each role names as its backup.
  backup text check (backup <> slack_id),
  set_by text not null,
  at timestamptz not null default now()
);

-- The roles a person has on a day of the agency: their own, and those of whom they stand in for. Whoever stands in for
-- somebody passes nothing on: a backup's own backup gets the backup's roles only.
create function public.roles_on(p_user text, p_day date)
returns table (client text, role text, stands_in_for text) language sql stable as $$
  select m.client, m.role, null::text from public.members m where m.slack_id = p_user
  union all
  select m.client, m.role, m.slack_id
  from public.members m join public.absences a on a.slack_id = m.slack_id
  where p_day between a.from_day and a.to_day and coalesce(a.backup, m.backup) = p_user and m.slack_id <> p_user
  order by 1, 2, 3;
$$;

-- Members as they stand on a day: `acting` is who has the role then, the member or who stands in.
create function public.members_on(p_day date)
returns table (slack_id text, client text, role text, backup text, away_until date, acting text) language sql stable as $$
  select m.slack_id, m.client, m.role, m.backup, a.to_day, coalesce(a.backup, case when a.slack_id is not null then m.backup end, m.slack_id)
  from public.members m left join public.absences a on a.slack_id = m.slack_id and p_day between a.from_day and a.to_day
  order by 1, 2;
$$;

-- Removes a member's role for a client ('*': the one for all), or all of them (null). What they stood in for as a backup is
-- nobody's from then on. Answers what they had; refused where nobody would be left who is admin for all.
create function public.remove_member(p_user text, p_client text, p_other_admins boolean) returns jsonb language plpgsql as $$
declare
  v_gone jsonb;
begin
  -- Two admins who remove each other in the same moment must not both succeed.
  perform pg_advisory_xact_lock(hashtext('members'));
  with gone as (
    delete from public.members where slack_id = p_user and (p_client is null or client = p_client) returning client, role
  )
  select coalesce(jsonb_agg(jsonb_build_object('client', client, 'role', role) order by client), '[]') into v_gone from gone;
  if not p_other_admins and v_gone @> '[{"client": "*", "role": "admin"}]'
    and not exists (select 1 from public.members where client = '*' and role = 'admin') then
    raise exception 'last admin' using errcode = 'LR001';
  end if;
  if p_client is null then
    delete from public.absences where slack_id = p_user;
    update public.members set backup = null where backup = p_user;
    update public.absences set backup = null where backup = p_user;
  end if;
  return v_gone;
end;
$$;

-- Gives a role, higher or lower than before; the backup stays where none is named. Answers the role before, null for none.
create function public.set_member(p_user text, p_client text, p_role text, p_backup text, p_other_admins boolean)
returns text language plpgsql as $$
declare
  v_before text;
begin
  perform pg_advisory_xact_lock(hashtext('members'));
  select role into v_before from public.members where slack_id = p_user and client = p_client;
  insert into public.members (slack_id, client, role, backup) values (p_user, p_client, p_role, p_backup)
  on conflict (slack_id, client) do update set role = excluded.role, backup = coalesce(excluded.backup, members.backup),
    updated_at = now();
  if not p_other_admins and v_before = 'admin' and p_client = '*' and p_role <> 'admin'
    and not exists (select 1 from public.members where client = '*' and role = 'admin') then
    raise exception 'last admin' using errcode = 'LR001';
  end if;
  return v_before;
end;
$$;

select public.lock_down();
