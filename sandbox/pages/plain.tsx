import { useState, type MouseEvent, type ReactNode } from 'react';

/*
 * The parts of a page that was redesigned for the worse: they look like what they are and have no role, no name and no
 * label for a screen reader. Every stand-in's redesign is made of these.
 */

export type PlainItem = {
  readonly label: string;
  readonly off?: boolean;
  readonly onPick?: () => void;
  /** What a press on it shows below it, instead of doing something. */
  readonly items?: readonly PlainItem[];
};

/** Looks like a button. */
export function PlainButton({
  children,
  kind = 'secondary',
  off,
  onPress,
}: {
  readonly children: ReactNode;
  readonly kind?: string;
  readonly off?: boolean;
  readonly onPress?: (event: MouseEvent<HTMLElement>) => void;
}) {
  return (
    <div className={`x-button x-${kind}${off ? ' x-off' : ''}`} onClick={off ? undefined : onPress}>
      {children}
    </div>
  );
}

/** Lines to press; `onPicked` comes after each that does something. */
export function PlainLines({
  items,
  onPicked,
}: {
  readonly items: readonly PlainItem[];
  readonly onPicked: () => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  const press = ({ label, items: inner, onPick }: PlainItem): void => {
    if (inner) return setOpen(open === label ? null : label);
    onPicked();
    onPick?.();
  };
  return (
    <div className="x-lines">
      {items.map((item) => (
        <div key={item.label}>
          <div className={item.off ? 'x-line x-off' : 'x-line'} onClick={item.off ? undefined : () => press(item)}>
            {item.label}
          </div>
          {item.items && open === item.label ? <PlainLines items={item.items} onPicked={onPicked} /> : null}
        </div>
      ))}
    </div>
  );
}

/** Something to press that shows lines below it. */
export function PlainMenu({
  children,
  kind,
  items,
}: {
  readonly children: ReactNode;
  readonly kind?: string;
  readonly items: readonly PlainItem[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="x-below">
      <PlainButton kind={kind} onPress={() => setOpen(!open)}>
        {children}
      </PlainButton>
      {open ? <PlainLines items={items} onPicked={() => setOpen(false)} /> : null}
    </div>
  );
}

/** A list of one's own making that shows what is chosen. */
export function PlainPick({
  value,
  choices,
  onChange,
}: {
  readonly value: string | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <PlainMenu
      kind="pick"
      items={choices.map((choice) => ({ label: choice.label, onPick: () => onChange(choice.value) }))}
    >
      {choices.find((choice) => choice.value === value)?.label ?? 'Select…'}
    </PlainMenu>
  );
}

/** A caption above a field, and nothing that says that they belong together. */
export function PlainField({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="x-field">
      <div>{label}</div>
      {children}
    </div>
  );
}

/** On or off, by its colour. */
export function PlainSwitch({
  label,
  on,
  onChange,
}: {
  readonly label: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <div className="x-switch-row">
      <div>{label}</div>
      <div className={on ? 'x-switch on' : 'x-switch'} onClick={() => onChange(!on)} />
    </div>
  );
}

/** Boxes in rows, where a table was. */
export function PlainRows({
  rows,
}: {
  readonly rows: readonly { readonly key: string | number; readonly cells: readonly ReactNode[] }[];
}) {
  return (
    <div>
      {rows.map(({ key, cells }) => (
        <div key={key} className="x-row">
          {cells.map((cell, index) => (
            <div key={index}>{cell}</div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** A window in front of the page. */
export function PlainDialog({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="x-overlay">
      <div className="x-dialog">
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}
