import { InvalidInput } from '../../errors.ts';
import type { Workflow } from '../../workflow.ts';

export const monthly: Workflow<'monthly'> = () => Promise.reject(new InvalidInput('It is being written.'));
