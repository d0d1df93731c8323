import { describe, expect, test } from '@jest/globals';
import { accuracyPart, authorityPart, contactScore, labelOf, phonePart } from '../../pipeline/intent/contact-score.ts';
import { byCall, makeLead } from '../../pipeline/intent/lead.ts';
import type { ManagementLevel } from '../../pipeline/ports/zoominfo.ts';
import { contact, personId, scored } from './samples.ts';

describe('the parts of a contact score', () => {
  test.each([
    [['C Level'], 'Chief Financial Officer', 100],
    [['VP'], 'Vice President, Finance', 85],
    [['Director'], 'Director of People', 75],
    [['Manager'], 'Office Manager', 60],
    [['Board'], 'Member of the Board', 50],
    [['Non Manager'], 'Buyer', 30],
    [[], 'Buyer', 40],
    [['Non Manager', 'Director'], 'Director', 75],
    [['C Level'], 'Chief Operations Officer', 100],
    [['VP'], 'VP Facilities', 95],
    [['Director'], 'Director, Food Service', 85],
    [['Director'], 'Director, Food-Service', 85],
    [['Manager'], 'VENDING MANAGER', 70],
    [['Manager'], 'Hospitality Manager', 70],
    [['Manager'], 'Building Manager', 70],
    [['Manager'], 'Property & Operations Manager', 70],
    [[], 'Facilities', 50],
  ] as const)('authority: %j, "%s" is worth %i', (levels, title, worth) => {
    expect(authorityPart(levels as readonly ManagementLevel[], title)).toBe(worth);
  });

  test.each([
    [100, 100],
    [95, 100],
    [94, 70],
    [85, 70],
    [84, 40],
    [0, 40],
    [null, 40],
  ])('accuracy: %s is worth %i', (accuracy, worth) => {
    expect(accuracyPart(accuracy)).toBe(worth);
  });

  test.each([
    ['a mobile', { mobilePhone: '+12145550100', directPhone: null, phone: null, companyPhone: null }, 100],
    ['a direct line', { mobilePhone: null, directPhone: '+12145550100', phone: null, companyPhone: null }, 70],
    ['any other', { mobilePhone: null, directPhone: null, phone: '+12145550100', companyPhone: null }, 70],
    ['the company’s', { mobilePhone: null, directPhone: null, phone: null, companyPhone: '+12145550100' }, 70],
    ['none', { mobilePhone: null, directPhone: null, phone: null, companyPhone: null }, 0],
    ['one abroad', { mobilePhone: '+442079460000', directPhone: null, phone: null, companyPhone: null }, 0],
  ])('phone: %s', (_which, { companyPhone, ...phones }, worth) => {
    expect(phonePart(contact({ ...phones, company: { phone: companyPhone } }))).toBe(worth);
  });
});

describe('the score', () => {
  const nothing = { levels: [], accuracy: null, directPhone: null } as const;

  test.each([
    // 0.6·company + 0.15·authority + 0.15·accuracy + 0.1·phone
    [100, { levels: ['C Level'], title: 'CEO', mobilePhone: '+12145550100' }, 100],
    [87, { levels: ['Director'], title: 'Director of People', mobilePhone: '+12145550100' }, 88], // 88.45
    [75, { ...nothing, levels: ['Manager'], accuracy: 85 }, 65], // 64.5
    [80, { ...nothing, title: 'Buyer' }, 60], // 48 + 6 + 6
    [0, { ...nothing, title: 'Buyer' }, 12],
  ] as const)('a company of %i and %j make %i', (company, parts, score) => {
    expect(contactScore(company, contact(parts))).toBe(score);
  });

  test.each([
    [100, 'High'],
    [80, 'High'],
    [79, 'Medium'],
    [60, 'Medium'],
    [59, 'Low'],
    [40, 'Low'],
    [39, 'Very Low'],
    [0, 'Very Low'],
  ])('%i is %s', (score, label) => {
    expect(labelOf(score)).toBe(label);
  });
});

test('leads are called best first, then by company score, name and person', () => {
  const lead = (at: number, name: string, id: string, levels: readonly ManagementLevel[] = ['Manager']) =>
    makeLead(scored({ at }), contact({ id: personId(id), levels, company: { name } }), null);
  const best = lead(90, 'Zeta', '1', ['VP']);
  const level = lead(80, 'Beta', '9');
  const other = lead(80, 'Beta', '10');
  const alpha = lead(80, 'Alpha', '11');
  expect([other, level, alpha, best].toSorted(byCall)).toEqual([best, alpha, level, other]);
});

test('what the enriched record does not say is taken from the search that chose the person', () => {
  const shown = { title: 'VP Facilities', accuracy: 97 };
  const bare = contact({ title: '', accuracy: null });
  const lead = makeLead(scored({ at: 80 }), bare, null, shown);
  expect(lead.contact).toMatchObject(shown);
  // 48 + 0.15·(60 + 10) + 15 + 7; without the search 48 + 9 + 6 + 7.
  expect([lead.score, makeLead(scored({ at: 80 }), bare, null).score]).toEqual([81, 70]);
  const said = contact({ title: 'Buyer', accuracy: 86 });
  expect(makeLead(scored(), said, null, shown).contact).toMatchObject({ title: 'Buyer', accuracy: 86 });
});
