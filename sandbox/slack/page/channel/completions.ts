import type { SeenUser } from '../../page-api/reading.ts';
import type { Command } from '../../types.ts';

/** Something the composer offers while a person types. */
export type Completion = {
  /** Where in the text the replaced word begins. */
  readonly from: number;
  readonly insert: string;
  readonly title: string;
  readonly hint: string;
  readonly detail: string;
  readonly user?: string;
};

/** `/` at the very start offers commands, `@` before a name offers people; a finished word offers nothing. */
export function completionsFor(text: string, commands: readonly Command[], users: readonly SeenUser[]): Completion[] {
  if (/^\/\S*$/.test(text)) {
    return commands
      .filter((each) => each.command.startsWith(text))
      .map((each) => ({
        from: 0,
        insert: each.command,
        title: each.command,
        hint: each.usageHint,
        detail: each.description,
      }));
  }
  const [, name] = /(?:^|\s)@([\w.-]*)$/.exec(text) ?? [];
  if (name === undefined) return [];
  return users
    .filter(
      (user) => user.id !== 'USLACKBOT' && `${user.name} ${user.realName}`.toLowerCase().includes(name.toLowerCase()),
    )
    .map((user) => ({
      from: text.length - name.length - 1,
      insert: `@${user.name}`,
      title: user.realName,
      hint: user.name,
      detail: user.title,
      user: user.id,
    }));
}
