-- The three roles of a Supabase project. A hosted project has them; Supabase Lite makes them at its first start, which
-- is after the migrations that name them.
do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select 1 from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit %s', v_role, case when v_role = 'service_role' then 'bypassrls' else '' end);
    end if;
  end loop;
end;
$$;
grant usage on schema public to anon, authenticated, service_role;

-- A JSON argument as it was meant. Supabase Lite 0.10.0 on a PostgreSQL server hands an rpc's jsonb argument over as a
-- JSON string (on PGlite and in the hosted service it is the value itself).
create function public.unwrapped(p_json jsonb) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(p_json) = 'string' and left(p_json #>> '{}', 1) in ('{', '[')
    then (p_json #>> '{}')::jsonb else p_json end;
$$;
