import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';

const needed = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const read = (more: Readonly<Record<string, string>>) => readConfig({ ...needed, ...more });

test.each(['COLE_URL', 'CLAY_URL', 'BISON_URL', 'ZOOMINFO_URL', 'SLACK_API_URL'])(
  '%s takes a secret: over https, or to this machine',
  (name) => {
    expect(() => read({ [name]: 'http://vendor.example' })).toThrow(`${name} must begin with https://`);
    expect(() => read({ [name]: 'http://127.0.0.1.vendor.example' })).toThrow(`${name} must begin with https://`);
    for (const address of [
      'https://vendor.example',
      'http://127.0.0.1:4100',
      'http://localhost:4100',
      'http://[::1]:4',
    ])
      expect(() => read({ [name]: address })).not.toThrow();
  },
);

test('further origins to sign in at are listed vendor by vendor', () => {
  expect(
    read({ SIGN_IN_ORIGINS: 'cole=https://a.example,https://b.example:8443 clay=https://c.example' }).SIGN_IN_ORIGINS,
  ).toEqual([
    { vendor: 'cole', origin: 'https://a.example' },
    { vendor: 'cole', origin: 'https://b.example:8443' },
    { vendor: 'clay', origin: 'https://c.example' },
  ]);
  expect(read({}).SIGN_IN_ORIGINS).toEqual([]);
});

test.each([
  ['cole=https://a.example/login', 'nothing after it'],
  ['cole=a.example', 'nothing after it'],
  ['cole=https://*.example/', 'nothing after it'],
  ['cole=https://kim@a.example', 'nothing after it'],
  ['cole=http://a.example', 'not encrypted'],
  ['zoominfo=https://a.example', 'the vendors are cole, clay, bison'],
  ['https://a.example', 'begins without a vendor'],
])('SIGN_IN_ORIGINS=%s stops the start and says why', (text, why) => {
  expect(() => read({ SIGN_IN_ORIGINS: text })).toThrow(why);
});
