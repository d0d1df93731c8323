import type { SuggestionPayload } from '../pipeline/gap-report.ts';
import { count, number } from './kit.ts';

/** What it is, in a few words: `Add ZIP 75013 (4 mi)`. */
export function suggestionTitle(suggestion: SuggestionPayload): string {
  switch (suggestion.kind) {
    case 'wait':
      return `Pick up ${count(suggestion.rows ?? 0, 'late verdict')}`;
    case 'move':
      return `Move ZIP ${suggestion.zip} from ${suggestion.donor}`;
    case 'add':
      return `Add ZIP ${suggestion.zip}, ${suggestion.state}`;
    case 'relax':
      return `Relax the home-value limit to $${number(suggestion.limit ?? 0)}`;
  }
}

/** What it rests on and what it costs, below the title. */
export function suggestionFacts(suggestion: SuggestionPayload): string {
  return [basisOf(suggestion), costOf(suggestion)].filter((part) => part !== '').join(' · ');
}

/** `+312 (240–390)`. */
export function yieldOf({ low, middle, high }: { low: number; middle: number; high: number }): string {
  return low === high ? `+${number(middle)}` : `+${number(middle)} (${number(low)}–${number(high)})`;
}

function basisOf(suggestion: SuggestionPayload): string {
  const { kind, miles } = suggestion;
  const parts = [
    suggestion.preApproved ? '★ pre-approved' : '',
    suggestion.secondary ? 'secondary state' : '',
    miles !== null && (kind === 'add' || kind === 'move') ? `${miles.toFixed(1)} mi away` : '',
    restsOn(suggestion),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function restsOn({ kind, basis, homes, rows }: SuggestionPayload): string {
  const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;
  switch (basis.of) {
    case 'counted':
      return 'counted, not estimated';
    case 'cleaned leads per home':
      return `${count(homes ?? 0, 'home')} × ${percent(basis.rate)} (median of ${count(basis.sample, 'ZIP')})`;
    case 'cleaned leads per ZIP':
      return `median of ${count(basis.sample, 'pulled ZIP')}`;
    default: {
      const what = kind === 'relax' ? count(rows ?? 0, 'stored row') : count(rows ?? 0, 'row');
      return `${what} × ${percent(basis.rate)} Safe to Send (of ${number(basis.sample)} checked)`;
    }
  }
}

function costOf({ cost }: SuggestionPayload): string {
  if (cost.exports === 0 && cost.validations === 0) return 'costs nothing';
  const parts = [
    cost.exports > 0 ? count(cost.exports, 'export') : '',
    cost.validations > 0 ? `≈${count(cost.validations, 'validation')}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
