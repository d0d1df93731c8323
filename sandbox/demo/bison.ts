import type { BisonOptions } from '../bison/index.ts';

/** What stands at Email Bison when the demo's story begins: the clients' workspaces, and their evergreen campaigns. */
export const bisonLogin = { email: 'ops@northwind.example', password: 'amber-hare-52' };

export const bisonWorkspaces = [
  {
    id: 7,
    name: 'Lakeside Insurance Group',
    token: '7|lakeside-demo-token',
    allowPersonalDomains: true,
    customVariables: ['city', 'state', 'zip'],
  },
  { id: 9, name: 'Prairie Mutual Agency', token: '9|prairie-demo-token', allowPersonalDomains: true },
] as const;

/** Up to February's last window: on Monday 1 February the first window of March is due. */
const lastUpload = 'Evergreen, Last Upload: February 22–28';

export const bisonCampaigns: BisonOptions['campaigns'] = {
  7: [
    { id: 41, name: lastUpload, leads: 11_240, tags: ['evergreen'] },
    { id: 42, name: 'Referral partners', status: 'paused', leads: 310 },
  ],
  9: [{ id: 44, name: lastUpload, leads: 1_980, tags: ['evergreen'] }],
};
