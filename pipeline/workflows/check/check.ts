import { InvalidInput } from '../../errors.ts';
import type { Workflow } from '../../workflow.ts';

export const check: Workflow<'check'> = () => Promise.reject(new InvalidInput('It is being written.'));
