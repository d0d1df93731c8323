-- The rows are people: row-level security on every table, nothing for anon or authenticated, functions only for the
-- service role. Later migrations that add tables or functions call lock_down() at their end; a test checks the outcome.
create function public.lock_down() returns void language plpgsql as $$
declare
  v_name text;
begin
  for v_name in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public' loop
    execute format('alter table %s enable row level security', v_name);
    execute format('revoke all on table %s from public, anon, authenticated', v_name);
    execute format('grant all on table %s to service_role', v_name);
  end loop;
  for v_name in
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prokind = 'f'
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke all on function %s from public, anon, authenticated', v_name);
    execute format('grant execute on function %s to service_role', v_name);
  end loop;
  execute 'grant usage, select on all sequences in schema public to service_role';
end;
$$;
select public.lock_down();
