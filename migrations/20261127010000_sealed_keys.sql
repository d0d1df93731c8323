-- Keys of the app's own, one for each purpose (signing links, hashing who must not be written to), sealed under
-- CREDENTIALS_KEY like the logins. A new CREDENTIALS_KEY seals them anew and leaves them what they are, so that no hash
-- and no link depends on it.
create table public.sealed_keys (
  purpose text primary key,
  sealed text not null,
  made_at timestamptz not null default now()
);

-- A sealed text in place of another, where that one is still there. As a function, because a session is too long for an
-- address; `p_key` are the columns that name the row, with their values.
create function public.replace_sealed(p_table text, p_key jsonb, p_column text, p_old text, p_new text)
returns boolean language plpgsql as $$
declare
  v_count integer;
begin
  execute format(
    'update public.%1$I t set %2$I = $1 where t.%2$I = $2 and to_jsonb(t) @> $3', p_table, p_column
  ) using p_new, p_old, public.unwrapped(p_key);
  get diagnostics v_count = row_count;
  return v_count = 1;
end;
$$;
select public.lock_down();
