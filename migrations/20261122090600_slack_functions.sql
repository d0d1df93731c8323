-- Sets what a message should show. The same content again changes nothing.
create function public.want_message(
  p_run uuid, p_purpose text, p_channel text, p_text text, p_blocks jsonb, p_under text default null
) returns jsonb language plpgsql as $$
declare
  v_row public.slack_messages;
begin
  p_blocks := public.unwrapped(p_blocks);
  insert into public.slack_messages (run_id, purpose, channel, under, text, blocks)
  values (p_run, p_purpose, p_channel, p_under, p_text, p_blocks)
  on conflict (run_id, purpose) do update set
    text = excluded.text, blocks = excluded.blocks,
    revision = slack_messages.revision
      + case when slack_messages.text = excluded.text and slack_messages.blocks = excluded.blocks then 0 else 1 end,
    given_up = slack_messages.given_up and slack_messages.text = excluded.text and slack_messages.blocks = excluded.blocks,
    updated_at = now()
  returning * into v_row;
  return to_jsonb(v_row);
end;
$$;

-- Messages that are behind, for one sender at a time. `fresh` tells whether a post was begun before and never answered.
create function public.claim_messages(p_worker text, p_limit integer, p_seconds integer) returns jsonb language plpgsql as $$
declare
  v_rows jsonb;
begin
  with due as (
    select m.id from public.slack_messages m
    where m.revision > m.shown_revision and not m.given_up and m.next_try_at <= now()
      and (m.claimed_until is null or m.claimed_until < now() or m.claimed_by = p_worker)
      -- A reply waits for the message it hangs under.
      and (m.under is null or exists (
        select 1 from public.slack_messages p
        where p.run_id = m.run_id and p.purpose = m.under and (p.ts is not null or p.given_up)))
    order by m.id limit p_limit for update skip locked
  ), taken as (
    update public.slack_messages m set claimed_by = p_worker, claimed_until = now() + make_interval(secs => p_seconds)
    from due where m.id = due.id returning m.*
  )
  select coalesce(jsonb_agg(
    to_jsonb(taken)
      -- A reply is where the message it hangs under is, wherever that had to go.
      || jsonb_build_object('under_ts', p.ts, 'channel', coalesce(p.channel, taken.channel))
    order by taken.id
  ), '[]') into v_rows
  from taken left join public.slack_messages p on p.run_id = taken.run_id and p.purpose = taken.under;
  return v_rows;
end;
$$;

-- True the first time an event is seen. Yesterday's are forgotten.
create function public.first_time(p_event text) returns boolean language plpgsql as $$
begin
  delete from public.slack_events where at < now() - interval '1 day';
  insert into public.slack_events (id) values (p_event) on conflict do nothing;
  return found;
end;
$$;
