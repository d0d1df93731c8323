import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { InvalidInput } from '../../pipeline/errors.ts';
import { intentDefaults, readIntentConfig } from '../../pipeline/intent/config.ts';

const sic =
  '3531 3599 3999 4213 4225 4231 4581 4731 5511 7011 7021 7033 7359 7991 8051 8059 8062 8211 8221 8322 8331 8361 9223 9229 9711';
const onsite =
  '3599:47 3999:35 4213:76 4581:100 4731:79 5511:43 7011:40 7991:50 8051:42 8059:56 8062:33 8211:37 8221:41 8322:31 8331:51 8361:71';

test('the defaults are those of docs/vendors.md#daily-poll', () => {
  expect(intentDefaults).toEqual({
    topics: ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'],
    signalStrengths: ['High', 'Medium'],
    employees: { min: 50, max: 5000 },
    sicCodes: sic.split(' '),
    onsiteScores: Object.fromEntries(
      onsite.split(' ').map((pair): [string, number] => [pair.slice(0, 4), Number(pair.slice(5))]),
    ),
    onsiteDefault: 40,
    companies: 25,
    dedupeDays: 180,
    managementLevels: ['Manager', 'Director', 'VP'],
    accuracyMin: 95,
    weeklyCap: 500,
    alerts: [0.5, 0.8, 0.95],
    owners: [],
  });
});

test('what is given stands in for the default as a whole; the rest stays', () => {
  const config = readIntentConfig({ topics: ['Micro Markets'], onsiteScores: { '4581': 90 }, weeklyCap: 0 });
  expect(config).toEqual({
    ...intentDefaults,
    topics: ['Micro Markets'],
    onsiteScores: { '4581': 90 },
    weeklyCap: 0,
  });
});

test.each([[undefined], [null], [{}]])('%j is the defaults', (given) => {
  expect(readIntentConfig(given)).toEqual(intentDefaults);
});

test('codes that YAML took for numbers get their zeros back', () => {
  const given: unknown = parse('sicCodes: [0111, 4213, "0782"]\nonsiteScores: {0111: 20, 4213: 76}');
  expect(readIntentConfig(given)).toMatchObject({
    sicCodes: ['0111', '4213', '0782'],
    onsiteScores: { '0111': 20, '4213': 76 },
  });
});

test('owners are addresses, in lower case', () => {
  expect(readIntentConfig({ owners: ['Ann@Agency.example'] }).owners).toEqual(['ann@agency.example']);
});

test('every mistake is named at once, by its field', () => {
  const wrong = {
    topics: [],
    signalStrengths: ['High', 'High'],
    employees: { min: 500, max: 50 },
    sicCodes: ['42', '4213', '4213', '42133'],
    onsiteScores: { '4213': 101 },
    onsiteDefault: -1,
    companies: 0,
    dedupeDays: 1.5,
    managementLevels: ['Boss'],
    accuracyMin: 100,
    weeklyCap: '500',
    alerts: [0.8, 0.5],
    owners: ['nobody'],
    topic: ['Vending'],
  };
  const fields = [
    'topics',
    'signalStrengths',
    'employees.max',
    'sicCodes',
    'onsiteScores.4213',
    'onsiteDefault',
    'companies',
    'dedupeDays',
    'managementLevels.0',
    'accuracyMin',
    'weeklyCap',
    'alerts',
    'owners.0',
    'topic is no setting',
  ];
  let message = '';
  try {
    readIntentConfig(wrong);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    message = (error as Error).message;
  }
  for (const field of fields) expect(message).toContain(`\n  ${field}`);
});

test.each([[42], ['topics: []'], [[]]])('%j is no configuration', (given) => {
  expect(() => readIntentConfig(given)).toThrow(InvalidInput);
});

test.each([
  [[0.5, 0.8, 0.95], true],
  [[], true],
  [[1], true],
  [[0], false],
  [[1.01], false],
  [[0.5, 0.5], false],
])('alerts at %j are fine: %s', (alerts, fine) => {
  const read = () => readIntentConfig({ alerts });
  if (fine) expect(read().alerts).toEqual(alerts);
  else expect(read).toThrow('alerts');
});
