-- ZoomInfo's ids of people in the steps of intent runs go with the people: after the same days, and with who is forgotten.

-- A value without these ids (as patterns), however deep they stand in it; each is a text of its own.
create function public.without_ids(p_value jsonb, p_ids text[]) returns jsonb language sql immutable as $$
  select regexp_replace(p_value::text, '"(' || array_to_string(p_ids, '|') || ')"', '""', 'g')::jsonb;
$$;

create or replace function public.retire_words(p_month text, p_day text, p_old timestamptz) returns jsonb language plpgsql as $$
declare
  v_messages integer;
  v_answers integer;
  v_contacts integer;
begin
  update public.slack_messages m
  set text = '(removed when its time was over)', blocks = '[]', shown_revision = m.revision
  from public.agent_runs r
  where r.id = m.run_id and public.is_past(r, p_month, p_day)
    and (m.text <> '(removed when its time was over)' or m.blocks <> '[]');
  get diagnostics v_messages = row_count;
  delete from public.slack_messages where run_id is null and purpose like 'answer: %' and updated_at < p_old;
  get diagnostics v_answers = row_count;
  delete from public.intent_contacts c using public.agent_runs r where r.id = c.run_id and public.is_past(r, p_month, p_day);
  get diagnostics v_contacts = row_count;
  -- What stays of a run are its paid calls; whom it found and chose was a list of ZoomInfo's ids of people.
  delete from public.agent_steps s using public.agent_runs r
  where r.id = s.run_id and r.workflow = 'intent' and public.is_past(r, p_month, p_day)
    and s.name in (
      'shortlist', 'companies to identify', 'identified companies', 'contacts', 'contacts to enrich',
      'people who must not be written to');
  return jsonb_build_object('messages', v_messages + v_answers, 'contacts', v_contacts);
end;
$$;

create or replace function public.forget_person(p_email text) returns jsonb language plpgsql as $$
declare
  v_places jsonb := public.person_places(p_email);
  v_runs uuid[];
  v_mark jsonb;
  v_pattern text := public.email_pattern(p_email);
  v_leads integer;
  v_contacts integer;
  v_people integer;
  v_messages integer;
  v_ids text[];
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
  select coalesce(array_agg(public.as_pattern(id)), '{}') into v_ids from (
    select person_id as id from public.intent_leads where lower(email) = p_email and person_id <> ''
    union select person_id from public.intent_contacts where lower(record ->> 'email') = p_email
  ) theirs;
  -- ZoomInfo's id of the person, which whoever has the contract can look up; a run under way needs its list whole.
  update public.agent_steps s set output = public.without_ids(s.output, v_ids)
  from public.agent_runs r
  where r.id = s.run_id and r.workflow = 'intent' and public.is_over(r.status) and cardinality(v_ids) > 0
    and s.output::text ~ ('"(' || array_to_string(v_ids, '|') || ')"');
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

select public.lock_down();
