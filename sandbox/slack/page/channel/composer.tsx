import { useContext, useRef, useState, type KeyboardEvent } from 'react';
import { NotPossible } from '../../client.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { useShown, useStore } from '../use-store.ts';
import { Workspace } from '../workspace-context.ts';
import { completionsFor, type Completion } from './completions.ts';

/** Where a person writes: Enter sends, Shift+Enter breaks the line, `/` and `@` offer what fits. */
export function Composer(props: { readonly channel: string; readonly name: string; readonly threadTs?: string }) {
  const { person } = useStore();
  const { workspace } = useShown();
  const { users } = useContext(Workspace);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(false);
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const found = closed ? [] : completionsFor(text, workspace.commands, [...users.values()]);
  const command = workspace.commands.find((each) => text.startsWith(`${each.command} `));

  const write = (next: string) => {
    setText(next);
    setActive(0);
    setClosed(false);
    input.current?.focus();
  };
  const complete = ({ from, insert }: Completion) => write(`${text.slice(0, from)}${insert} `);
  const send = async () => {
    if (text.trim() === '') return;
    const sent = text;
    setText('');
    setProblem('');
    try {
      await person.say(props.channel, sent, props.threadTs);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      setText(sent);
      setProblem(error.message);
    }
  };
  const press = (event: KeyboardEvent) => {
    const current = found[active];
    if (current && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
    } else if (current && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      complete(current);
    } else if (event.key === 'Escape' && found.length > 0) {
      event.stopPropagation();
      setClosed(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div className="composer">
      {found.length > 0 && (
        <ul className="completions" role="listbox" aria-label="Suggestions">
          {found.map((each, index) => (
            <li
              key={each.insert}
              role="option"
              aria-selected={index === active}
              className={index === active ? 'completion active' : 'completion'}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(each);
              }}
            >
              {each.user ? <Avatar user={each.user} size={24} /> : <Avatar user={workspace.app.botUser} size={24} />}
              <b>{each.title}</b>
              <span className="completion-hint">{each.hint}</span>
              <small>{each.detail}</small>
            </li>
          ))}
        </ul>
      )}
      <div className="composer-box">
        <textarea
          ref={input}
          rows={Math.min(8, text.split('\n').length)}
          value={text}
          placeholder={props.threadTs ? 'Reply…' : `Message ${props.name}`}
          aria-label={props.threadTs ? 'Reply in thread' : `Message ${props.name}`}
          onChange={(event) => write(event.target.value)}
          onKeyDown={press}
        />
        {command && found.length === 0 && !text.slice(command.command.length).trim() && (
          <span className="usage" aria-hidden="true">
            <i>{text}</i>
            {command.usageHint}
          </span>
        )}
        <div className="composer-bar">
          <button type="button" aria-label="Commands" title="Commands" onClick={() => write('/')}>
            <Icon name="slash" />
          </button>
          <button type="button" aria-label="Mention someone" title="Mention someone" onClick={() => write(`${text}@`)}>
            <Icon name="at" />
          </button>
          {problem !== '' && (
            <span className="composer-problem" role="alert">
              {problem}
            </span>
          )}
          <button
            type="button"
            className={text.trim() === '' ? 'send' : 'send ready'}
            aria-label="Send"
            title="Send (Enter)"
            disabled={text.trim() === ''}
            onClick={() => void send()}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
    </div>
  );
}
