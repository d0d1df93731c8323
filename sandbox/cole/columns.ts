import { padded } from '../households/draw.ts';
import type { Household } from '../households/household.ts';

/**
 * The three styles of docs/vendors.md#cole-columns: the 23 columns of a real export, the SOP's names, `Mailing
 * …/Property …`.
 */
export const headerStyles = ['full', 'sop', 'property'] as const;
export type HeaderStyle = (typeof headerStyles)[number];

type Value = (household: Household) => string;
type Field = {
  /** In the picker, and in the `full` style unless `full` says otherwise. */
  readonly label: string;
  readonly full: string;
  readonly sop: string;
  /** One field may become several columns. */
  readonly property: readonly (readonly [string, Value])[];
  readonly value: Value;
};

const money = (dollars: number | null) => (dollars === null ? '' : `$${dollars.toLocaleString('en-US')}`);
const flag = (set: boolean) => (set ? 'Y' : '');

function field(label: string, value: Value, names: { full?: string; sop?: string; property?: string } = {}): Field {
  const { full = label, sop = label.replaceAll(' ', '_').replaceAll('.', ''), property = label } = names;
  return { label, full, sop, property: [[property, value]], value };
}

/** Both addresses of the `property` style; the owner's mail mostly goes to the house itself. */
function place(
  label: string,
  name: string,
  home: Value,
  mailing: Value,
  names: { full?: string; sop?: string } = {},
): Field {
  return {
    ...field(label, home, names),
    property: [
      [`Mailing ${name}`, (household) => (household.home.mailing ? mailing(household) : home(household))],
      [`Property ${name}`, home],
    ],
  };
}

/** What the picker offers, in the order of the real export's columns. */
export const fields: readonly Field[] = [
  field('First Name', ({ person }) => person.firstName),
  field('Last Name', ({ person }) => person.lastName),
  place(
    'Address 1',
    'Address',
    ({ home }) => home.address1,
    ({ home }) => home.mailing?.address ?? '',
  ),
  field('Address 2', ({ home }) => home.address2),
  place(
    'City',
    'City',
    ({ home }) => home.city,
    ({ home }) => home.mailing?.city ?? '',
  ),
  place(
    'State',
    'State',
    ({ home }) => home.state,
    ({ home }) => home.mailing?.state ?? '',
    { full: 'ST' },
  ),
  place(
    'Zip',
    'ZIP',
    ({ home }) => home.zipText,
    ({ home }) => home.mailing?.zip ?? '',
    { full: 'ZIP' },
  ),
  field('Phone', ({ person }) => person.phone),
  field('DNC', ({ person }) => flag(person.doNotCall)),
  field(
    'Purchase Date',
    ({ home: { purchase } }) => `${padded(purchase.month, 2)}/${padded(purchase.day, 2)}/${purchase.year}`,
  ),
  field('Purchase Amount', ({ home }) => money(home.purchaseAmount)),
  field('Cell Phone Number', ({ person }) => person.cellPhone, { full: 'Cell Phone', property: 'Cell Phone' }),
  field('DNC Cell', ({ person }) => flag(person.cellDoNotCall)),
  field('Email Address', ({ person }) => person.email, { property: 'Email' }),
  field('Est. Home Value', ({ home }) => money(home.homeValue), { property: 'Est. Value' }),
  field('Race', ({ home }) => home.race),
  field('Home Value', ({ home }) => money(home.homeValue), { property: 'Home Value Estimate' }),
  field('Investments', ({ home }) => money(home.investments)),
  field('Investment Type', ({ home }) => home.investmentType),
  field('Date of Birth', ({ person }) => person.dateOfBirth),
  field('Head Household', ({ home }) => home.headHousehold, { property: 'Head of Household' }),
  field('Net Worth', ({ home }) => home.netWorth),
  field('Income', ({ home }) => home.income),
];

/** What a new search starts with, so that whoever wants other fields has to pick them. */
export const defaultFields = ['First Name', 'Last Name', 'Address 1', 'City', 'State', 'Zip', 'Phone', 'Race'] as const;

/**
 * The columns of a file: name and value of each.
 *
 * @param picked labels, in the order they were picked. The `full` style is the vendor's fixed layout and has them all.
 * @param spaced whether the SOP's style writes `Cell Phone Number` with spaces, as some files do
 */
export function columnsOf(
  style: HeaderStyle,
  picked: readonly string[],
  spaced: boolean,
): readonly (readonly [string, Value])[] {
  if (style === 'full') return fields.map(({ full, value }) => [full, value]);
  const chosen = picked.flatMap((label) => fields.find((known) => known.label === label) ?? []);
  if (style === 'sop')
    return chosen.map(({ sop, value }) => [spaced && sop === 'Cell_Phone_Number' ? 'Cell Phone Number' : sop, value]);
  // The mailing address comes whole before the property's.
  const all = chosen.flatMap(({ property }) => property);
  const mailing = all.filter(([name]) => name.startsWith('Mailing '));
  const start = all.findIndex(([name]) => name.startsWith('Mailing '));
  const rest = all.filter(([name]) => !name.startsWith('Mailing '));
  return [...rest.slice(0, Math.max(start, 0)), ...mailing, ...rest.slice(Math.max(start, 0))];
}
