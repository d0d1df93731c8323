import { useContext } from 'react';
import { Message, type Block as LibraryBlock } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
import type { Block } from '../../types.ts';
import { slackDate } from '../text/dates.ts';
import { characterOf } from '../text/emoji.ts';
import { Emoji } from '../text/text.tsx';
import { Workspace } from '../workspace-context.ts';
import { DataTable } from './data-table.tsx';

/**
 * Blocks nobody acts on (rich text, tables, plans, task cards, markdown, alerts, cards …), drawn by slack-blocks-to-jsx. It
 * has no way to report a click, so everything that can be clicked is drawn by `blocks.tsx`; it does not know `data_table`.
 */
export function Passive({ block }: { readonly block: Block }) {
  const { users, channels, clock } = useContext(Workspace);
  if (block.type === 'data_table') return <DataTable block={block} />;
  return (
    <Message
      withoutWrapper
      theme="light"
      name=""
      logo=""
      // The server has checked it; the library's own type lists the same blocks.
      blocks={[block as unknown as LibraryBlock]}
      data={{
        users: [...users.values()].map(({ id, realName }) => ({ id, name: realName })),
        channels: channels.map(({ id, name }) => ({ id, name })),
      }}
      hooks={{
        emoji: ({ name }) => {
          const character = characterOf(name);
          return character ? <Emoji character={character} name={name} /> : `:${name}:`;
        },
        date: ({ timestamp, format }) => slackDate(Number(timestamp) * 1000, format, clock),
        user: ({ id, name }) => <span className="mention">@{users.get(id)?.realName ?? name}</span>,
      }}
    />
  );
}
