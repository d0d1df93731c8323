import { audit, type Result } from './audit.ts';
import { auditIntent } from './intent-audit.ts';
import { playIntent } from './intent-story.ts';
import { intentStoryBegins, storyBegins } from './cast.ts';
import type { Camera } from './camera.ts';
import { play } from './story.ts';
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
    hint: 'see the 15th begin by itself at nine, in five minutes (or type  /leadops monthly  in #client-success)',
    async play(stage, terminal, camera, seconds) {
      await play(stage, terminal, camera);
      await playMonday(stage, terminal, camera);
      const pull = await audit(stage, 'lakeside', seconds());
      return withMonday(pull, await auditMonday(stage, 'lakeside', 'Lakeside Insurance Group'));
    },
  },
  intent: {
    begins: intentStoryBegins,
    bison: false,
    when: 'Tuesday 19 January 2027, 6:30 in New York',
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
