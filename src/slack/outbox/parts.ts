import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { FileStore } from '../../store/files.ts';
import type { Message, MessageStore } from '../../store/messages.ts';

export type OutboxParts = {
  readonly messages: MessageStore;
  readonly files: Pick<FileStore, 'read'>;
  readonly slack: WebClient;
  readonly worker: string;
  /** Where a message goes whose channel is closed to us, best first. */
  readonly elsewhere: (message: Message) => Promise<readonly string[]>;
  /** Called for a message that is given up, so that whatever depends on it can say so. */
  readonly onGivenUp?: (message: Message) => Promise<void>;
  readonly log: Log;
  readonly pollMs: number;
  /** How often every message of a live run is looked for in Slack. */
  readonly lookMs?: number;
};
