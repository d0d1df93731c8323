import { audit, coleStats, type Result } from './audit.ts';
import { auditIntent } from './intent-audit.ts';
import { playIntent } from './intent-story.ts';
import { intentStoryBegins, storyBegins } from './cast.ts';
import type { Camera } from './camera.ts';
import { play, prepare } from './story.ts';
import type { Stage } from './stage.ts';
import type { Terminal } from './terminal.ts';
import { auditMonday, withMonday } from './weekly-audit.ts';
import { playMonday } from './weekly.ts';

/** What `npm run demo` shows. */
export type Story = {
  readonly begins: string;
  /** Email Bison is set up, so that the calendar has Mondays. */
  readonly bison: boolean;
  /** `begins` in words. */
  readonly when: string;
  /** What must have happened before anybody looks. */
  prepare(stage: Stage, terminal: Terminal): Promise<void>;
  /** What to try, for somebody who plays it himself. */
  readonly hint: string;
  /** Plays it, then adds it up. @param seconds since the demo's start */
  play(stage: Stage, terminal: Terminal, camera: Camera, seconds: () => number): Promise<Result>;
};

export const stories = {
  pull: {
    begins: storyBegins,
    bison: true,
    when: 'Friday 15 January 2027, 8:55 in Chicago',
    async prepare(stage, terminal) {
      terminal.say('#prairie-leads: a second client is pulled first, so that there are leads to spare');
      await prepare(stage, terminal);
    },
    hint: 'type  /pull-leads lakeside 2027-03  in #lakeside-leads',
    async play(stage, terminal, camera, seconds) {
      const before = await coleStats(stage);
      await play(stage, terminal, camera);
      await playMonday(stage, terminal, camera);
      const pull = await audit(stage, before, 'lakeside', seconds());
      return withMonday(pull, await auditMonday(stage, 'lakeside', 'Lakeside Insurance Group'));
    },
  },
  intent: {
    begins: intentStoryBegins,
    bison: false,
    when: 'Tuesday 19 January 2027, 6:30 in New York',
    prepare: () => Promise.resolve(),
    hint: 'type  /leadops intent preview  in #client-success',
    async play(stage, terminal, camera, seconds) {
      await playIntent(stage, terminal, camera);
      return auditIntent(stage, seconds());
    },
  },
} satisfies Record<string, Story>;

/** @throws where there is no story of that name */
export function storyOf(name: string): Story {
  if (Object.hasOwn(stories, name)) return stories[name as keyof typeof stories]; // just looked up
  throw new Error(`There is no story "${name}"; there are ${Object.keys(stories).join(', ')}.`);
}
