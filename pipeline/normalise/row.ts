import type { Lead, RawFields } from '../vocabulary.ts';
import { parseDay } from './day.ts';
import { emailAddress } from './email.ts';
import { wholeDollars } from './money.ts';
import { greetingName, properName } from './names.ts';
import { phoneNumber } from './phone.ts';
import { stateCode, stateOf } from './state.ts';
import { tidy } from './text.ts';
import { fiveDigits } from './zip.ts';

/** One row in one spelling. Rejects nothing: what is missing or unreadable is null or empty, and `judge` decides. */
export function normaliseRow(raw: RawFields): Lead {
  const zip = fiveDigits(raw.Zip);
  const state = stateCode(raw.State);
  const phone = phoneNumber(raw['Cell Phone Number']);
  const homeValue = wholeDollars(raw.Home_Value);
  const firstName = properName(raw.First_Name);
  return {
    firstName,
    greetingName: greetingName(firstName),
    lastName: properName(raw.Last_Name),
    address: tidy(raw.Address_1),
    city: tidy(raw.City),
    state: state === '' && zip !== null ? (stateOf(zip) ?? '') : state,
    zip,
    phone,
    phoneBlanked: phone === null && tidy(raw['Cell Phone Number']) !== '',
    email: emailAddress(raw.Email_Address),
    purchaseDate: parseDay(raw.Purchase_Date),
    // A home value of 0 means that the value is not known.
    homeValue: homeValue === 0 ? null : homeValue,
    headHousehold: tidy(raw.Head_Household),
    income: tidy(raw.Income),
    dateOfBirth: parseDay(raw.Date_of_Birth),
  };
}
