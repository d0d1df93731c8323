import { z } from 'zod';
import { campaignSwitches, type CampaignId } from '../../../pipeline/ports/bison.ts';
import type { Attachment, EvergreenBook, LedgerCampaign } from '../../../pipeline/ports/uploads.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import { all, json, may, must, nullable, type Db } from '../db.ts';
import { BatchRow } from './batch-row.ts';

const day = z.string().transform((text) => text as Day); // a date of the database is a day
const campaignId = z.string().transform((text) => text as CampaignId); // as Bison gave it

const CampaignRow = z
  .object({
    campaign_id: campaignId.nullable(),
    configured_id: z.string().nullable(),
    title: z.string().nullable(),
    window_start: day.nullable(),
    total_leads: z.number().nullable(),
    told: z.partialRecord(z.enum(campaignSwitches), z.boolean()),
  })
  .transform((row): LedgerCampaign => ({
    campaignId: row.campaign_id,
    configuredId: row.configured_id,
    title: row.title,
    windowStart: row.window_start,
    totalLeads: row.total_leads,
    told: row.told,
  }));

const AttachmentRow = z
  .object({
    run_id: z.string(),
    client: z.string(),
    window_start: day,
    campaign_id: campaignId,
    title_before: z.string(),
    title_after: z.string(),
    total_before: z.number().nullable(),
    total_after: z.number().nullable(),
    added: z.number().nullable(),
    state: z.enum(['attached', 'undone']),
  })
  .transform((row): Attachment => ({
    runId: row.run_id,
    client: row.client,
    windowStart: row.window_start,
    campaignId: row.campaign_id,
    titleBefore: row.title_before,
    titleAfter: row.title_after,
    totalBefore: row.total_before,
    totalAfter: row.total_after,
    added: row.added,
    state: row.state,
  }));

/** The evergreen campaigns as we left them, and what was attached to them. */
export function makeEvergreenBook(db: Db): EvergreenBook {
  return { ...makeCampaigns(db), ...makeAttachments(db) };
}

function makeCampaigns(db: Db): Pick<EvergreenBook, 'campaign' | 'chosen' | 'tell' | 'take' | 'holder'> {
  return {
    async campaign(client) {
      const row = may(await db.from('evergreen_campaigns').select('*').eq('client', client).maybeSingle());
      return row ? CampaignRow.parse(row) : null;
    },

    async chosen(client, id, configuredId) {
      may(
        await db.rpc('choose_campaign', {
          p_client: client,
          p_campaign: id,
          p_configured: nullable(configuredId),
        }),
      );
    },

    async tell(client, told) {
      may(await db.rpc('tell_campaign', { p_client: client, p_told: json(told) }));
    },

    async take(client, runId) {
      return must(await db.rpc('take_campaign', { p_client: client, p_run: runId }));
    },

    async holder(client) {
      const row = may(await db.from('evergreen_campaigns').select('busy_run').eq('client', client).maybeSingle());
      return row?.busy_run ?? null;
    },
  };
}

function makeAttachments(
  db: Db,
): Pick<EvergreenBook, 'unattached' | 'ofWindow' | 'leaveOut' | 'attached' | 'attachment' | 'attachedBy' | 'undone'> {
  const lists = () => db.from('client_lead_batches').select('*');
  return {
    async unattached(client) {
      const rows = await all((from, to) =>
        lists()
          .eq('client', client)
          .in('state', ['uploaded', 'undone'])
          .order('window_start')
          .order('part')
          .order('id')
          .range(from, to),
      );
      const found = rows.map((row) => BatchRow.parse(row));
      // A later list of a window that was taken back waits for **Attach again**, too (docs/sop.md#undo).
      const takenBack = new Set(found.flatMap(({ state, window }) => (state === 'undone' ? [window.start] : [])));
      return found.filter(({ window }) => !takenBack.has(window.start));
    },

    async ofWindow(client, start) {
      const rows = await all((from, to) =>
        lists().match({ client, window_start: start }).order('part').order('id').range(from, to),
      );
      return rows.map((row) => BatchRow.parse(row));
    },

    async leaveOut(client, batchIds) {
      may(await db.rpc('leave_lists_out', { p_client: client, p_batches: [...batchIds] }));
    },

    async attached(runId, client, batchIds, facts) {
      may(
        await db.rpc('attach_lists', {
          p_run: runId,
          p_client: client,
          p_batches: [...batchIds],
          p_facts: json({
            window_start: facts.windowStart,
            campaign_id: facts.campaignId,
            title_before: facts.titleBefore,
            title_after: facts.titleAfter,
            title_window: facts.titleWindow,
            total_before: facts.totalBefore,
            total_after: facts.totalAfter,
            added: facts.added,
          }),
        }),
      );
    },

    async attachment(runId) {
      const row = may(await db.from('evergreen_attachments').select('*').eq('run_id', runId).maybeSingle());
      return row ? AttachmentRow.parse(row) : null;
    },

    async attachedBy(runId) {
      const rows = await all((from, to) => lists().eq('attached_by', runId).order('id').range(from, to));
      return rows.map((row) => BatchRow.parse(row));
    },

    async undone(runId, who, total) {
      may(
        await db.rpc('undo_attachment', {
          p_run: runId,
          p_who: who,
          p_total: nullable(total),
        }),
      );
    },
  };
}
