-- Whether every cell of a batch had its end when it was last looked at: then nothing comes by waiting.
alter table public.validation_batches add column ended boolean not null default false;

-- Rows of the month that may still get a verdict by waiting: handed in, and their cell was at work at the last look.
create function public.awaiting_verdict(p_client text, p_month text) returns integer language sql stable as $$
  select count(*)::integer from public.raw_leads l join public.validation_batches b on b.id = l.validation_batch
  where l.client = p_client and l.month = p_month and l.lead_state = 'unverified' and l.verdict is null
    and b.table_ref is not null and not b.ended;
$$;

select public.lock_down();
