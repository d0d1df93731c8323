import { startBison, type BisonOptions } from '../bison/index.ts';

/** A stand-in Bison, and what an API client needs. Times are the business clock's. */
export const start = Date.parse('2027-01-04T15:00:00Z');
const fiveMinutes = 300_000;

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

export async function openBison(more: Partial<BisonOptions> = {}) {
  let now = start;
  const bison = await startBison({
    workspaces: [
      { id: 7, name: 'Lakeside', token: 'seven', allowPersonalDomains: true, customVariables: ['ZIP'] },
      { id: 9, name: 'Prairie', token: 'nine', allowPersonalDomains: false },
    ],
    superAdminToken: 'admin',
    login: { email: 'ops@northwind.example', password: 'pw-1' },
    now: () => now,
    waits: { workspaceSwitchMs: 120 },
    campaigns: {
      7: [
        { id: 41, name: 'Evergreen', leads: 3 },
        { id: 42, name: 'Other' },
      ],
      9: [{ id: 51, name: 'Theirs' }],
    },
    ...more,
  });
  const post = async (act: string, body: object = {}) => {
    await fetch(`${bison.url}/_control/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };
  async function call(method: string, path: string, body?: object, token = 'seven'): Promise<Answer> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${bison.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(!isForm && body && { 'content-type': 'application/json' }) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const said: unknown = await response.json();
    // What the stand-in answers is an object; the tests say what is in it.
    return { status: response.status, headers: response.headers, body: said as Record<string, unknown> };
  }
  type Csv = { readonly name: string; readonly rows: readonly string[]; readonly token?: string };
  /** Hands in a CSV with the columns mapped to fields of their names. */
  function postCsv({ name, rows, token = 'seven' }: Csv, more: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const form = new FormData();
    form.append('name', name);
    for (const field of ['first_name', 'last_name', 'email', ...(token === 'seven' ? ['zip'] : [])])
      form.append(`columnsToMap[0][${field}]`, field);
    for (const [key, value] of Object.entries(more)) form.append(key, value);
    const csv = ['first_name,last_name,email,zip', ...rows].join('\r\n');
    form.append('csv', new Blob([csv], { type: 'text/csv' }), 'x.csv');
    return call('POST', '/leads/bulk/csv', form, token);
  }
  /** The same, and waits until it is processed. */
  async function upload(csv: Csv, more: Readonly<Record<string, string>> = {}) {
    const made = await postCsv(csv, more);
    if (made.status !== 201) return { made, list: null };
    const { id } = made.body['data'] as { id: number }; // A list, as its own test says.
    for (;;) {
      const list = bison.stats().lists.find((one) => one.id === id);
      if (list?.status === 'Processed') return { made, list };
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return {
    bison,
    call,
    postCsv,
    upload,
    stats: () => bison.stats(),
    fault: (fault: object) => post('fault', fault),
    reset: async () => {
      now = start;
      await post('reset');
    },
    pass: (milliseconds: number) => void (now += milliseconds),
    campaign: (id: number) => bison.stats().campaigns.find((one) => one.id === id),
    fiveMinutes,
  };
}
export type OpenBison = Awaited<ReturnType<typeof openBison>>;

export const row = (n: number, host = 'home.example.org', zip = '75034') => `Ann${n},Lowe,ann${n}@${host},${zip}`;
export const rows = (count: number, host?: string) => Array.from({ length: count }, (_, n) => row(n, host));
