import type { Client } from '../../pipeline/vocabulary.ts';

export const lakeside: Client = {
  slug: 'lakeside',
  name: 'Lakeside Insurance',
  active: true,
  states: ['TX', 'OK'],
  secondaryStates: [],
  tier: 100,
  target: null,
  homeValueLimit: 900_000,
  maxHomeValueLimit: 1_000_000,
  filters: {},
  channel: 'C1',
  workspace: null,
  campaignId: null,
};
