import { expect, test } from '@jest/globals';
import { chooseContacts } from '../../pipeline/intent/contact-choice.ts';
import type { ContactHit } from '../../pipeline/ports/zoominfo.ts';
import { companyId, hit, personId } from './samples.ts';

const best = (...hits: readonly ContactHit[]) => chooseContacts(hits, 95).get(companyId('340'))?.id;
const phones = { hasMobile: false, hasDirect: false, hasOtherPhone: false };

test('the more accurate contact is chosen, even with the poorer phone', () => {
  const accurate = hit({ id: personId('9'), accuracy: 97, ...phones, hasOtherPhone: true });
  const mobile = hit({ id: personId('1'), accuracy: 96, ...phones, hasMobile: true });
  expect(best(mobile, accurate)).toBe('9');
});

test('of equally accurate ones mobile comes before direct, direct before any other', () => {
  const other = hit({ id: personId('1'), ...phones, hasOtherPhone: true });
  const direct = hit({ id: personId('2'), ...phones, hasDirect: true, hasOtherPhone: true });
  const mobile = hit({ id: personId('3'), ...phones, hasMobile: true });
  expect(best(other, direct, mobile)).toBe('3');
  expect(best(other, direct)).toBe('2');
});

test('of equal ones the lower id is chosen, as a number and in whatever order they came', () => {
  const [nine, ten] = [hit({ id: personId('9') }), hit({ id: personId('10') })];
  expect(best(nine, ten)).toBe('9');
  expect(best(ten, nine)).toBe('9');
});

test.each([
  [94, 'nobody'],
  [95, 'somebody'],
])('with an accuracy of %i there is %s', (accuracy, who) => {
  expect(best(hit({ accuracy }))).toBe(who === 'nobody' ? undefined : '11');
});

test('somebody without any phone is not called', () => {
  expect(best(hit(phones))).toBeUndefined();
});

test('each company has its own best contact', () => {
  const chosen = chooseContacts(
    [
      hit({ id: personId('1'), companyId: companyId('a') }),
      hit({ id: personId('2'), companyId: companyId('b'), accuracy: 96 }),
      hit({ id: personId('3'), companyId: companyId('b'), accuracy: 99 }),
    ],
    95,
  );
  expect([...chosen].map(([company, { id }]) => [company, id])).toEqual([
    ['a', '1'],
    ['b', '3'],
  ]);
});
