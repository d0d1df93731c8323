import { demoClients } from '../households/index.ts';

/** Who and what is in the demo's story. All of it invented. */
export const people = { operator: 'U01OPERATOR', approver: 'U02APPROVER', admin: 'U03ADMIN', outsider: 'U04OUTSIDER' };

export const channels = { lakeside: 'C01LAKESIDE', prairie: 'C02PRAIRIE', success: 'C03SUCCESS' };

/** Friday 15 January 2027, 8:55 in Chicago: the 15th, five minutes before the calendar's pull. */
export const storyBegins = '2027-01-15T08:55:00-06:00';

export const month = '2027-03';

export const coleLogins = [
  { state: 'TX', username: 'northwind-tx', password: 'blue-heron-41' },
  { state: 'OK', username: 'northwind-ok', password: 'red-cedar-57' },
] as const;

export const clayLogin = { email: 'ops@northwind.example', password: 'grey-otter-23' };

export const debounceKey = 'debounce-demo-key';

export const zoominfoLogin = { username: 'leadops@northwind.example', password: 'brown-finch-38' };

/** Tuesday 19 January 2027, 6:30 in New York: half an hour before the calendar's poll. */
export const intentStoryBegins = '2027-01-19T06:30:00-05:00';

export const mailLogin = { user: 'leadops', pass: 'green-wren-64' };

export const mailRecipients = ['callers@northwind.example', 'sales@northwind.example'];

/** Credits a week: as few as make a second day's poll too much. */
export const weeklyCap = 40;

/** INTENT_CONFIG: what differs from the team's defaults. */
export function intentYaml(): string {
  return `owners: [kim@northwind.example, lee@northwind.example]
weeklyCap: ${weeklyCap}
`;
}

/** What a person would write into a file and import. */
export function clientsYaml(): string {
  const [lakeside, prairie] = demoClients;
  const list = (zips: readonly string[] = []) => `[${zips.map((zip) => `'${zip}'`).join(', ')}]`;
  return `clients:
  - slug: lakeside
    name: Lakeside Insurance Group
    states: [TX, OK]
    secondaryStates: [AR]
    tier: 100
    homeValueLimit: $900,000
    maxHomeValueLimit: $1,000,000
    channel: ${channels.lakeside}
    workspace: Lakeside Insurance Group
    zips: ${list(lakeside?.zips)}
    preApprovedZips: ${list(lakeside?.preApproved)}
  - slug: prairie
    name: Prairie Mutual Agency
    states: [OK]
    tier: 100
    target: 2700
    channel: ${channels.prairie}
    workspace: Prairie Mutual Agency
    zips: ${list(prairie?.zips)}
    preApprovedZips: ${list(prairie?.preApproved)}
`;
}
