import { Fragment, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { SeenMessage } from '../../page-api/reading.ts';
import { Icon } from '../parts/icons.tsx';
import { dayKey, dayName, momentOf } from '../text/dates.ts';
import { useShown } from '../use-store.ts';
import { Workspace } from '../workspace-context.ts';
import { MessageRow } from './message.tsx';

/** Messages of one author within so many milliseconds share a name and a picture. */
const sameBreath = 5 * 60_000;

/** A channel's messages by day, kept at the bottom unless the reader has scrolled up. */
export function MessageList(props: {
  readonly messages: readonly SeenMessage[];
  /** Stands above the first message. */
  readonly children: ReactNode;
}) {
  const { messages } = props;
  const { clock } = useContext(Workspace);
  const { firstNew, highlight } = useShown();
  const pane = useRef<HTMLDivElement>(null);
  const atBottom = useRef(true);
  const [away, setAway] = useState(false);

  const toBottom = () => pane.current?.scrollTo({ top: pane.current.scrollHeight });
  useLayoutEffect(() => {
    if (atBottom.current) toBottom();
  }, [messages]);
  // Pictures, fonts and growing cards move the end after the list was drawn.
  useEffect(() => {
    const observer = new ResizeObserver(() => atBottom.current && toBottom());
    for (const child of pane.current?.children ?? []) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (highlight) document.getElementById(`m${highlight}`)?.scrollIntoView({ block: 'center' });
  }, [highlight]);

  const scrolled = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = pane.current ?? {};
    atBottom.current = scrollHeight - scrollTop - clientHeight < 60;
    setAway(!atBottom.current);
  };

  return (
    <div className="message-pane">
      <div className="messages" ref={pane} onScroll={scrolled} role="log" aria-label="Messages" tabIndex={0}>
        <div className="messages-inner">
          {props.children}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const at = momentOf(message.ts);
            const newDay = !before || dayKey(momentOf(before.ts), clock.tz) !== dayKey(at, clock.tz);
            return (
              <Fragment key={message.ts}>
                {newDay && (
                  <div className="day" role="separator">
                    <span>{dayName(at, clock)}</span>
                  </div>
                )}
                {message.ts === firstNew && (
                  <div className="new-line" role="separator">
                    <span>New</span>
                  </div>
                )}
                <MessageRow message={message} compact={!newDay && follows(before, message)} inThread={false} />
              </Fragment>
            );
          })}
        </div>
      </div>
      {away && (
        <button type="button" className="to-bottom" onClick={toBottom}>
          <Icon name="down" size={16} /> Latest messages
        </button>
      )}
    </div>
  );
}

export function follows(before: SeenMessage | undefined, message: SeenMessage): boolean {
  return (
    before?.user === message.user &&
    before.ephemeral === message.ephemeral &&
    !message.ephemeral &&
    before.subtype === message.subtype &&
    momentOf(message.ts) - momentOf(before.ts) < sameBreath
  );
}
