import { number } from '../counting.ts';
export type Counts = {
  readonly sent: number;
  /** Taken, refused; null where Bison does not show it. */
  readonly accepted: number | null;
  readonly failed: number | null;
  /** Bison's own reasons for those it refused. */
  readonly errors: readonly string[];
  /** Of those sent, how many are at gmail.com and the like. */
  readonly personal: number;
};

/**
 * Why Bison took fewer than were sent, in a sentence; null where it took all of them. It refuses some rows by name; others
 * it passes over without a word: personal domains where the workspace does not allow them, and doubles.
 */
export function explainShortfall({ sent, accepted, failed, errors, personal }: Counts): string | null {
  if (accepted === null) return 'Bison does not show how many it took.';
  if (accepted === sent) return null;
  if (accepted > sent) return `Bison shows ${number(accepted)}, more than were sent: somebody added to the list.`;
  const refused = Math.min(failed ?? 0, sent - accepted);
  const silent = sent - accepted - refused;
  const parts = [
    refused > 0 ? `${number(refused)} ${were(refused)} refused${reasonOf(errors)}` : '',
    silent > 0 ? passedOver(silent, personal) : '',
  ].filter((part) => part !== '');
  return `${parts.join('; ')}.`;
}

function passedOver(silent: number, personal: number): string {
  const skipped = `${number(silent)} ${were(silent)} passed over`;
  if (personal === silent) return `${skipped}: exactly those at personal domains, which this workspace does not allow`;
  if (personal > 0) {
    return `${skipped} without a reason; ${number(personal)} of those sent are at personal domains, which a workspace skips unless it allows them`;
  }
  return `${skipped} without a reason: usually personal domains that the workspace does not allow, or doubles`;
}

const were = (value: number) => (value === 1 ? 'was' : 'were');

/** Bison counts its reasons by row, which says nothing to a reader: the first reason alone. */
function reasonOf([first]: readonly string[]): string {
  return first === undefined ? '' : ` (“${first.replace(/^row \d+:\s*/i, '')}”)`;
}
