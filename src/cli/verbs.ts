/*
 * What the verbs of the command line do to what is kept: only look, or change it. A test walks the program's commands: a new
 * verb belongs into one of the two, and one that changes something leaves a row in the audit.
 */
export const reads = [
  'clients',
  'members list',
  'credentials list',
  'keys',
  'check',
  'schedule',
  'intent status',
  'status',
  'runs',
  'gap',
  'why',
  'windows',
] as const;

export const changes = [
  'clients import',
  'members set',
  'members remove',
  'members away',
  'members back',
  'zips import',
  'import-zips',
  'credentials set',
  'keys rotate',
  'keys drop-previous',
  'backup',
  'restore',
  'lanes open',
  'pull',
  'upload',
  'evergreen',
  'weekly',
  'forget',
  'intent run',
  'intent preview',
  'cancel',
  'retry',
] as const;
