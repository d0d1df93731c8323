import type { Command } from '../slack/index.ts';

/** The slash commands of manifest.json, as the workspace's composer completes them. */
export const commands: readonly Command[] = [
  {
    command: '/pull-leads',
    usageHint: '<client> <month> [--dry-run] [--refresh]',
    description: 'Pull a client’s leads for a renewal month',
  },
  {
    command: '/leadops',
    usageHint:
      'help | status | runs | gap | why | clients | intent | upload | evergreen | monthly | check | schedule | pause | resume | members | cancel | retry',
    description: 'Everything else LeadOps does',
  },
];
