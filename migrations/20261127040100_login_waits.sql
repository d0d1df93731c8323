-- The queue before a vendor's login, over all processes: who has waited longest gets it. Each process sends the oldest of
-- its own to wait here; a row that was not seen for three seconds belongs to nobody any more.

create table public.login_waits (
  login text not null,
  holder text not null,
  since timestamptz not null,
  seen timestamptz not null,
  primary key (login, holder)
);

-- A login for one holder, as before, and only for the one who has waited longest (`p_waited_ms`, by its own clock).
-- Not granted: `holder` has it, and `ahead` are before the caller.
drop function public.claim_login(text, text, jsonb, integer, text);
create function public.claim_login(
  p_login text, p_holder text, p_browser jsonb, p_seconds integer, p_break text default null, p_waited_ms integer default 0
) returns jsonb language plpgsql as $$
declare
  v_held public.login_leases;
  v_since timestamptz;
  v_ahead integer;
begin
  p_browser := public.unwrapped(p_browser);
  perform pg_advisory_xact_lock(hashtext('login:' || p_login));
  v_since := clock_timestamp() - make_interval(secs => p_waited_ms / 1000.0);
  select * into v_held from public.login_leases where login = p_login for update;
  select count(*) into v_ahead from public.login_waits
  where login = p_login and holder <> p_holder and seen > clock_timestamp() - interval '3 seconds'
    and (since, holder) < (v_since, p_holder);
  if v_held.holder is not null and v_held.holder <> p_holder then
    if (v_held.until >= now() and v_held.holder is distinct from p_break) or v_ahead > 0 then
      insert into public.login_waits (login, holder, since, seen) values (p_login, p_holder, v_since, clock_timestamp())
      on conflict (login, holder) do update set since = excluded.since, seen = excluded.seen;
      return jsonb_build_object('granted', false, 'holder', v_held.holder, 'ahead', v_ahead);
    end if;
  elsif v_held.holder is null and v_ahead > 0 then
    insert into public.login_waits (login, holder, since, seen) values (p_login, p_holder, v_since, clock_timestamp())
    on conflict (login, holder) do update set since = excluded.since, seen = excluded.seen;
    return jsonb_build_object('granted', false, 'holder', null, 'ahead', v_ahead);
  end if;
  delete from public.login_waits
  where login = p_login and (holder = p_holder or seen < clock_timestamp() - interval '1 minute');
  insert into public.login_leases (login, holder, browser, until)
  values (p_login, p_holder, p_browser, now() + make_interval(secs => p_seconds))
  on conflict (login) do update set holder = excluded.holder, browser = excluded.browser, until = excluded.until;
  return jsonb_build_object('granted', true,
    'previous', case when v_held.holder is null or v_held.holder = p_holder then null else to_jsonb(v_held) end);
end;
$$;

-- Gives the login back, or the place in the queue before it.
create or replace function public.release_login(p_login text, p_holder text) returns void language plpgsql as $$
begin
  delete from public.login_leases where login = p_login and holder = p_holder;
  delete from public.login_waits where login = p_login and holder = p_holder;
end;
$$;

select public.lock_down();
