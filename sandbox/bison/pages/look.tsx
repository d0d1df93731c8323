import { createContext, use, type ReactNode } from 'react';
import type { Boot } from '../shapes.ts';
import { wording, type Words } from '../wording.ts';

type Look = { readonly boot: Boot; readonly words: Words; readonly plain: boolean };

const LookContext = createContext<Look | null>(null);

export function LookProvider({ boot, children }: { readonly boot: Boot; readonly children: ReactNode }) {
  const look = { boot, words: wording[boot.look], plain: boot.look === 'redesigned' };
  return <LookContext value={look}>{children}</LookContext>;
}

/** Today's wording, who is signed in, and whether the pages were redesigned: then nothing has a role any more. */
export function useLook(): Look {
  const look = use(LookContext);
  if (!look) throw new Error('no look');
  return look;
}

/** A button. In the redesign it only looks like one, unless it sends a form. */
export function Press({
  children,
  onPress,
  kind = 'secondary',
  disabled,
  label,
  type = 'button',
  menu,
}: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: 'primary' | 'secondary' | 'quiet';
  readonly disabled?: boolean;
  readonly label?: string;
  readonly type?: 'button' | 'submit';
  /** Opens a menu, which is open or not. */
  readonly menu?: boolean;
}) {
  const { plain } = useLook();
  if (plain && type === 'button') {
    return (
      <div className={`button ${kind}${disabled ? ' off' : ''}`} onClick={disabled ? undefined : onPress}>
        {children}
      </div>
    );
  }
  return (
    <button
      type={type}
      className={`button ${kind}`}
      onClick={onPress}
      disabled={disabled}
      aria-label={label}
      aria-haspopup={menu === undefined ? undefined : 'menu'}
      aria-expanded={menu}
    >
      {children}
    </button>
  );
}

export const count = (n: number): string => n.toLocaleString('en-US');

export const day = (at: number): string =>
  new Date(at).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });

/** A state in a colour: a list's, a campaign's, a contact's. */
export function Chip({ state }: { readonly state: string }) {
  const label = state.charAt(0).toUpperCase() + state.slice(1);
  return <span className={`chip ${state.toLowerCase()}`}>{label}</span>;
}

export type Figure = { readonly label: string; readonly value: number | string };

/** A row of large figures with their labels. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{typeof value === 'number' ? count(value) : value}</dd>
        </div>
      ))}
    </dl>
  );
}
