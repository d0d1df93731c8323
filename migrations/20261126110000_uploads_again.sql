-- Uploads: which campaign the clients' YAML named when the ledger's was chosen, and nobody in a file who asked not to be.

-- Another id in the YAML since then is somebody's wish for another campaign; the same one is not, whatever a person chose.
alter table public.evergreen_campaigns add column configured_id text;

-- A list whose file is about to leave: these people leave it, the books say why, and its rows are counted anew. Doubles of the
-- month leave, too. Answers how many are in it; null: its file may have left, nothing was done.
create function public.suppress_in_list(p_batch bigint, p_emails text[]) returns integer language plpgsql as $$
declare
  v_list public.client_lead_batches;
  v_gone text[];
  v_count integer;
begin
  select * into v_list from public.client_lead_batches where id = p_batch for update;
  if not found or v_list.state not in ('planned', 'uploading') then return null; end if;
  with gone as (
    delete from public.cleaned_leads
    where client = v_list.client and month = v_list.month and batch_id = p_batch and email = any (p_emails)
    returning email
  )
  select coalesce(array_agg(email), '{}') into v_gone from gone;
  update public.raw_leads set lead_state = 'quarantined', reason = 'suppressed'
  where client = v_list.client and month = v_list.month and email = any (v_gone)
    and lead_state not in ('quarantined', 'moved');
  select count(*) into v_count from public.cleaned_leads
  where client = v_list.client and month = v_list.month and batch_id = p_batch;
  update public.client_lead_batches set rows = v_count where id = p_batch;
  return v_count;
end;
$$;

select public.lock_down();
