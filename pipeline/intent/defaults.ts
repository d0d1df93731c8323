/**
 * The daily run as the team has it (docs/vendors.md#daily-poll, docs/sop.md#intent-polling). Owners are people of the
 * team and have no default.
 */
export const defaults = {
  topics: ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'],
  signalStrengths: ['High', 'Medium'],
  employees: { min: 50, max: 5000 },
  sicCodes: (
    '3531 3599 3999 4213 4225 4231 4581 4731 5511 7011 7021 7033 7359 7991 8051 8059 8062 8211 8221 8322 8331 8361 ' +
    '9223 9229 9711'
  ).split(' '),
  onsiteScores: {
    '3599': 47,
    '3999': 35,
    '4213': 76,
    '4581': 100,
    '4731': 79,
    '5511': 43,
    '7011': 40,
    '7991': 50,
    '8051': 42,
    '8059': 56,
    '8062': 33,
    '8211': 37,
    '8221': 41,
    '8322': 31,
    '8331': 51,
    '8361': 71,
  },
  onsiteDefault: 40,
  companies: 25,
  dedupeDays: 180,
  managementLevels: ['Manager', 'Director', 'VP'],
  accuracyMin: 95,
  weeklyCap: 500,
  alerts: [0.5, 0.8, 0.95],
  owners: [],
};
