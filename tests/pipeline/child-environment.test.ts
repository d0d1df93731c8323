import { expect, test } from '@jest/globals';
import { childEnvironment } from '../../pipeline/child-environment.ts';
import { settings } from '../../src/config.ts';

test('a program we start gets none of our settings, and finds its way', () => {
  const own = Object.fromEntries(Object.keys(settings).map((name) => [name, `value of ${name}`]));
  expect(childEnvironment({ ...own, SOME_TOKEN: 'secret', NODE_OPTIONS: '--import x' })).toEqual({});
  const way = {
    PATH: '/usr/bin',
    HOME: '/home/one',
    LC_ALL: 'C.UTF-8',
    https_proxy: 'http://proxy:3128',
    TMPDIR: '/t',
  };
  expect(childEnvironment({ ...way, NOT_THERE: undefined })).toEqual(way);
});
