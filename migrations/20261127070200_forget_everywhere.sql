-- Forgetting a person everywhere: first what names it is found, then files go, and rows last of all, so that a command that
-- broke off finds everything again. In the end a search through every table says what is left.

-- A word inside a pattern, as it is.
create function public.as_pattern(p_word text) returns text language sql immutable as $$
  select regexp_replace(p_word, '([^[:alnum:]_@ ])', '\\\1', 'g');
$$;

-- An e-mail where it stands for itself: not the end or the beginning of a longer one. In JSON the letter of a line break
-- (\n) stands before it and belongs to no word.
create function public.email_pattern(p_email text) returns text language sql immutable as $$
  select '(?:(?<=\\[nrt])|(?<![a-z0-9._%+-]))' || public.as_pattern(p_email) || '(?![a-z0-9-])';
$$;

-- Where a person is, by e-mail. `marks`: its names with an address, a phone or a company, for the search. `runs`: those
-- whose pictures, traces and files in progress may show it.
create function public.person_places(p_email text) returns jsonb language sql stable as $$
  with leads as (
    select * from public.raw_leads where email = p_email
  ), contacts as (
    select i.*, b.run_id, b.file_key from public.intent_leads i join public.intent_batches b on b.id = i.batch_id
    where lower(i.email) = p_email
  ), bought as (
    select run_id, record from public.intent_contacts where lower(record ->> 'email') = p_email
  )
  select jsonb_build_object(
    'months', coalesce((select jsonb_agg(distinct jsonb_build_object('client', client, 'month', month)) from leads), '[]'),
    'lists', coalesce((
      select jsonb_agg(distinct b.workspace || ': ' || b.list_name)
      from public.cleaned_leads c join public.client_lead_batches b on b.id = c.batch_id
      where c.email = p_email and b.list_name is not null), '[]'),
    'tables', coalesce((
      select jsonb_agg(distinct b.name) from leads l join public.validation_batches b on b.id = l.validation_batch
      where b.table_ref is not null), '[]'),
    'runs', coalesce((
      select jsonb_agg(distinct id) from (
        select r.id from public.agent_runs r join leads l on l.client = r.client and (r.month = l.month or r.month is null)
        union all select run_id from contacts
        union all select run_id from bought
      ) all_runs), '[]'),
    'marks', coalesce((
      select jsonb_agg(distinct mark) from (
        select jsonb_build_object('first', lower(first_name), 'last', lower(last_name), 'at', lower(address)) as mark
        from leads
        union all
        select jsonb_build_object('first', lower(first_name), 'last', lower(last_name), 'at', phone) from leads
        union all
        select jsonb_build_object('first', lower(first_name), 'last', lower(last_name), 'at', lower(company)) from contacts
        union all
        select jsonb_build_object('first', lower(record ->> 'firstName'), 'last', lower(record ->> 'lastName'),
          'at', lower(record #>> '{company,name}')) from bought
      ) all_marks
      where mark ->> 'first' <> '' and mark ->> 'last' <> '' and coalesce(mark ->> 'at', '') <> ''), '[]')
  );
$$;

-- Out of every table. The row of an export stays, empty, so that the books still balance; a contact's company stays, for it
-- rests; Slack is told to show its message without the person.
drop function public.forget_person(text);
create function public.forget_person(p_email text) returns jsonb language plpgsql as $$
declare
  v_places jsonb := public.person_places(p_email);
  v_runs uuid[];
  v_mark jsonb;
  v_pattern text := public.email_pattern(p_email);
  v_leads integer;
  v_contacts integer;
  v_people integer;
  v_messages integer;
begin
  -- Whoever judges, moves or lists these months waits, and sees them without the person.
  perform public.lock_leads(m ->> 'client', m ->> 'month')
  from (select m from jsonb_array_elements(v_places -> 'months') as m order by m ->> 'client', m ->> 'month') months;
  select coalesce(array_agg(r::uuid), '{}') into v_runs from jsonb_array_elements_text(v_places -> 'runs') as r;
  for v_mark in select distinct m - 'at' from jsonb_array_elements(v_places -> 'marks') as m loop
    v_pattern := v_pattern || '|(?:(?<=\\[nrt])|\m)' || public.as_pattern(v_mark ->> 'first') || '\s+'
      || public.as_pattern(v_mark ->> 'last') || '\M';
  end loop;
  delete from public.cleaned_leads where email = p_email;
  update public.raw_leads set
    fields = '{}', first_name = '', greeting_name = '', last_name = '', address = '', city = '', phone = null, email = null,
    household_key = null, purchase_date = null, renewal_date = null, home_value = null, head_household = '', income = '',
    date_of_birth = null, verdict = null, lead_state = case when lead_state = 'moved' then 'moved' else 'quarantined' end,
    reason = case when lead_state = 'moved' then reason else 'suppressed' end
  where email = p_email;
  get diagnostics v_leads = row_count;
  select count(*) into v_contacts from (
    select public.without_contact(l) from public.intent_leads l where lower(l.email) = p_email offset 0
  ) gone;
  delete from public.intent_contacts where lower(record ->> 'email') = p_email;
  get diagnostics v_people = row_count;
  update public.slack_messages set
    text = regexp_replace(text, v_pattern, '(removed)', 'gi'),
    blocks = regexp_replace(blocks::text, v_pattern, '(removed)', 'gi')::jsonb,
    revision = revision + 1, given_up = false, next_try_at = now(), updated_at = now()
  where (run_id = any (v_runs) and text || blocks::text ~* v_pattern)
    or text || blocks::text ~* public.email_pattern(p_email);
  get diagnostics v_messages = row_count;
  update public.agent_errors set message = regexp_replace(message, v_pattern, '(removed)', 'gi')
  where (run_id = any (v_runs) and message ~* v_pattern) or message ~* public.email_pattern(p_email);
  update public.agent_runs set error = regexp_replace(error, v_pattern, '(removed)', 'gi')
  where (id = any (v_runs) and error ~* v_pattern) or error ~* public.email_pattern(p_email);
  update public.agent_errors set screenshot = null, tree = null, trace = null where run_id = any (v_runs);
  return jsonb_build_object('leads', v_leads, 'contacts', v_contacts + v_people, 'messages', v_messages);
end;
$$;

-- Rows of any table that name the person: its e-mail, or a mark's two names with what stands beside them. Every table of the
-- schema and every column, but what is sealed or hashed.
create function public.find_person(p_email text, p_marks jsonb) returns table (place text, hits bigint)
language plpgsql stable as $$
declare
  v_sealed text[] := array[
    'secret_encrypted', 'totp_encrypted', 'session_encrypted', 'sealed', 'hash'];
  v_pattern text := public.email_pattern(p_email);
begin
  p_marks := public.unwrapped(p_marks);
  for place in
    select t.table_name from information_schema.tables t
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1
  loop
    execute format(
      -- Most rows are put aside by the first, cheap look. In JSON a line break is two signs.
      'select count(*) from public.%1$I t,
         lateral (select replace(lower((to_jsonb(t) - $3)::text), ''\n'', '' '') as words) w
       where (strpos(lower(t::text), $1) > 0 and w.words ~ $4)
         or exists (select 1 from jsonb_array_elements($2) m
           where strpos(lower(t::text), m ->> ''last'') > 0
             and strpos(w.words, m ->> ''at'') > 0
             and w.words ~ (''\m'' || public.as_pattern(m ->> ''last'') || ''\M'')
             and w.words ~ (''\m'' || public.as_pattern(m ->> ''first'') || ''\M''))', place)
    into hits using p_email, p_marks,
      case when place = 'slack_inbox' then v_sealed || array['payload'] else v_sealed end, v_pattern;
    return next;
  end loop;
end;
$$;

select public.lock_down();
