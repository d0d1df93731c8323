import { useEffect, useRef, useState } from 'react';
import { needsValue, operators, type Filter, type Operator, type TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { anchorOf, Floating, type Anchor } from './parts/floating.tsx';
import { icons } from './icons.tsx';
import { Press, useLook } from './look.tsx';
import { Select } from './parts/select.tsx';

type Draft = { readonly columnId: string | null; readonly operator: Operator; readonly value: string };

const saveAfterMs = 300;

const isWhole = (draft: Draft): draft is Draft & Filter =>
  draft.columnId !== null && (!needsValue(draft.operator) || draft.value.trim() !== '');

export function FiltersButton({
  table,
  onChanged,
}: {
  readonly table: TablePage;
  readonly onChanged: () => Promise<void>;
}) {
  const { words, plain } = useLook();
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const active = table.filters.length > 0;
  return (
    <>
      <button
        type="button"
        className={`${plain ? 'x-button x-ghost' : 'button ghost'}${active ? ' on' : ''}`}
        role={plain ? 'presentation' : undefined}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(anchor ? null : anchorOf(event.currentTarget))}
      >
        {icons.filter} {words.filters}
        {active ? (
          <span className="badge" aria-hidden>
            {table.filters.length}
          </span>
        ) : null}
      </button>
      {anchor ? (
        <FilterEditor table={table} anchor={anchor} onClose={() => setAnchor(null)} onChanged={onChanged} />
      ) : null}
    </>
  );
}

/** All conditions must hold. Whatever is whole is saved with the view a moment after the last touch. */
function FilterEditor({
  table,
  anchor,
  onClose,
  onChanged,
}: {
  readonly table: TablePage;
  readonly anchor: Anchor;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words, plain } = useLook();
  const attempt = useAttempt();
  const [drafts, setDrafts] = useState<readonly Draft[]>(table.filters);
  const whole = JSON.stringify(drafts.filter(isWhole));
  const saved = JSON.stringify(table.filters);

  const save = useRef<(() => void) | null>(null);

  useEffect(() => {
    if (whole === saved) return;
    save.current = () => {
      save.current = null;
      void attempt(async () => {
        await send('PUT', `/api/tables/${table.id}/filters`, JSON.parse(whole));
        await onChanged();
      });
    };
    const timer = setTimeout(() => save.current?.(), saveAfterMs);
    return () => clearTimeout(timer);
    // Only what the person wrote starts a save, not the news that follows it.
  }, [whole]);
  // Closing the editor does not lose the last touch.
  useEffect(() => () => save.current?.(), []);

  const change = (at: number, patch: Partial<Draft>): void =>
    setDrafts(drafts.map((draft, index) => (index === at ? { ...draft, ...patch } : draft)));

  return (
    <Floating anchor={anchor} label={words.filters} onClose={onClose}>
      <div className="filters">
        {drafts.length === 0 ? <p className="hint">No filters in this view.</p> : null}
        {drafts.map((draft, index) => (
          <div
            className="filter"
            key={index}
            role={plain ? undefined : 'group'}
            aria-label={plain ? undefined : `Filter ${index + 1}`}
          >
            <span className="filter-word">{index === 0 ? 'Where' : 'and'}</span>
            <Select
              label="Column"
              placeholder="Choose a column"
              value={draft.columnId}
              choices={table.columns.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(columnId) => change(index, { columnId })}
            />
            <Select
              label="Operator"
              value={draft.operator}
              choices={operators.map((operator) => ({ value: operator, label: operator }))}
              onChange={(operator) => change(index, { operator: operator as Operator })}
            />
            {needsValue(draft.operator) ? (
              <input
                aria-label={plain ? undefined : 'Value'}
                placeholder="Enter a value"
                value={draft.value}
                onChange={(event) => change(index, { value: event.target.value })}
              />
            ) : (
              <span className="no-value" />
            )}
            <Press
              kind="icon"
              label={`Remove filter ${index + 1}`}
              onPress={() => setDrafts(drafts.filter((_, at) => at !== index))}
            >
              ✕
            </Press>
          </div>
        ))}
        <Press kind="link" onPress={() => setDrafts([...drafts, { columnId: null, operator: 'equals', value: '' }])}>
          + {words.addFilter}
        </Press>
      </div>
    </Floating>
  );
}
