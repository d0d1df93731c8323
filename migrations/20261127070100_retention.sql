-- One rule for people, wherever they are: homeowners go RETENTION_DAYS after the end of their renewal month, contacts of
-- intent polling RETENTION_DAYS after their batch's day, and with both goes what runs of that time said in Slack's rows.

-- The day a run belongs to no client's month: its batch's, or the one it was asked for.
create function public.run_day(p_run public.agent_runs) returns text language sql stable as $$
  select coalesce(
    (select b.day from public.intent_batches b where b.run_id = p_run.id),
    to_char(p_run.asked_at at time zone 'America/New_York', 'YYYY-MM-DD'));
$$;

-- Whether a run is over and its time, too: p_month and p_day are the first that are kept.
create function public.is_past(p_run public.agent_runs, p_month text, p_day text) returns boolean language sql stable as $$
  select public.is_over(p_run.status)
    and case when p_run.month is null then public.run_day(p_run) < p_day else p_run.month < p_month end;
$$;

-- Batches of before p_day that still name somebody, with their file. One whose run is under way is left alone.
create function public.batches_with_people(p_day text) returns table (id text, file_key text) language sql stable as $$
  select b.id, b.file_key from public.intent_batches b join public.agent_runs r on r.id = b.run_id
  where b.day < p_day and public.is_over(r.status)
    and exists (select 1 from public.intent_leads l where l.batch_id = b.id and l.person_id <> '')
  order by b.id;
$$;

-- The contact goes, the company stays: it rests for 180 days, also where the batch counts as delivered only later.
create function public.without_contact(p_lead public.intent_leads) returns void language sql as $$
  update public.intent_leads
  set person_id = '', first_name = '', last_name = '', title = '', email = null, phone = 'none', cells = '[]'
  where batch_id = p_lead.batch_id and position = p_lead.position;
$$;

create function public.retire_batch(p_batch text) returns integer language sql as $$
  with gone as (
    select public.without_contact(l) from public.intent_leads l where l.batch_id = p_batch and l.person_id <> ''
  )
  select count(*)::integer from gone;
$$;

-- What is left of people beside the leads: words in Slack's rows, contacts that runs paid for and never stored, answers of
-- no run that were sent before p_old (the machine's time). Slack is not told: its own history is the workspace's.
create function public.retire_words(p_month text, p_day text, p_old timestamptz) returns jsonb language plpgsql as $$
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
  return jsonb_build_object('messages', v_messages + v_answers, 'contacts', v_contacts);
end;
$$;

-- Which of these kept files no row names.
create function public.unnamed_files(p_keys text[]) returns setof text language sql stable as $$
  select key from unnest(p_keys) as key
  except (
    select screenshot from public.agent_errors where screenshot is not null
    union all select tree from public.agent_errors where tree is not null
    union all select trace from public.agent_errors where trace is not null
    union all select trace from public.agent_runs where trace is not null
    union all select payload ->> 'screenshot' from public.approvals where payload ? 'screenshot'
    union all select file_key from public.lead_sources where file_key is not null
    union all select file_key from public.validation_batches
    union all select file_key from public.intent_batches
    union all select file_key from public.slack_messages where file_key is not null
  );
$$;

select public.lock_down();
