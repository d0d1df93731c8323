import type { Workspace } from './world.ts';

/** The fields every lead has; whatever else a CSV holds goes to custom variables. */
export const standardFields = [
  { name: 'first_name', label: 'First name', required: true },
  { name: 'last_name', label: 'Last name', required: true },
  { name: 'email', label: 'Email', required: true },
  { name: 'title', label: 'Job title', required: false },
  { name: 'company', label: 'Company', required: false },
  { name: 'notes', label: 'Notes', required: false },
] as const;

export const requiredFields = standardFields.filter(({ required }) => required);

/** Which column of the file goes to which field or custom variable (its stored name). */
export type Mapping = readonly { readonly target: string; readonly column: number }[];

const isStandard = (name: string) => standardFields.some((field) => field.name === name);

/** The stored name of a field or variable, or null where the workspace has none of that name. */
export function targetOf(workspace: Workspace, name: string): string | null {
  const stored = name.trim().toLowerCase();
  return isStandard(stored) || workspace.variables.has(stored) ? stored : null;
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const otherNames: Readonly<Record<string, readonly string[]>> = {
  first_name: ['first', 'given name'],
  last_name: ['last', 'surname', 'family name'],
  email: ['email address', 'e-mail'],
  title: ['title', 'job title', 'position'],
  company: ['company name', 'organization'],
};

/** What the pages propose for a column: the field whose name looks the same, else nothing. */
export function guessTarget(workspace: Workspace, header: string): string | null {
  const wanted = plain(header);
  const standard = standardFields.find(({ name }) =>
    [name, ...(otherNames[name] ?? [])].some((each) => plain(each) === wanted),
  );
  return standard?.name ?? [...workspace.variables.keys()].find((name) => plain(name) === wanted) ?? null;
}
