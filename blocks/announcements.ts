import { monthTitle } from '../pipeline/month.ts';
import type { Announcement } from '../pipeline/ports/index.ts';
import type { Run } from '../pipeline/run.ts';
import { refinedDataUploaded } from './uploads/words.ts';
import { escaped, mention, number, section, type Message } from './kit.ts';

/** The SOP's messages in the client's channel, word for word (docs/sop.md#channel-messages). */
export function announcement(message: Announcement, run: Run, clientName: string): Message {
  const by = `LeadOps (${run.requestedBy ? `asked by ${mention(run.requestedBy)}` : 'scheduled'})`;
  switch (message.kind) {
    case 'raw pull complete':
      return lines([
        '✅ Raw Pull Complete',
        `👤 Client: ${escaped(clientName)}`,
        `📅 Renewal Month: ${monthTitle(message.month)}`,
        `📊 Records Exported: ${number(message.records)}`,
        `👤 Pulled by: ${by}`,
      ]);
    case 'refinement complete':
      return lines([
        '✅ Data Refinement Complete',
        `👤 Client: ${escaped(clientName)}`,
        `📅 Renewal Month: ${monthTitle(message.month)}`,
        `📊 Refined Contacts: ${number(message.contacts)}`,
        `👤 Refined by: ${by}`,
      ]);
    case 'refined data uploaded':
      return lines(refinedDataUploaded(message.facts, escaped(clientName), by));
  }
}

function lines(body: string[]): Message {
  return { text: body.join('\n'), blocks: [section(body.join('\n'))] };
}
