import type { UploadField } from '../ports/bison.ts';
import { uploadFields } from '../ports/bison.ts';
import type { UploadLead } from '../ports/uploads.ts';

const cellOf: Readonly<Record<UploadField, (lead: UploadLead) => string>> = {
  'First name': (lead) => lead.firstName,
  'Last name': (lead) => lead.lastName,
  Email: (lead) => lead.email,
  DOB: (lead) => lead.dateOfBirth ?? '',
  'Street address': (lead) => lead.address,
  City: (lead) => lead.city,
  State: (lead) => lead.state,
  ZIP: (lead) => lead.zip,
  'Renewal Date': (lead) => lead.renewalDate,
  Cellphone: (lead) => lead.phone ?? '',
  'Home Value': (lead) => (lead.homeValue === null ? '' : String(lead.homeValue)),
};

/** A lead as a line of the file for Bison, in the order of `uploadFields`; days as `2027-03-04`, whole dollars, E.164. */
export function uploadCells(lead: UploadLead): readonly string[] {
  return uploadFields.map((field) => cellOf[field](lead));
}
