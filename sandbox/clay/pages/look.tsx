import { createContext, use, type MouseEvent, type ReactNode } from 'react';
import { PlainButton } from '../../pages/plain.tsx';
import type { Boot, Look } from '../shapes.ts';
import { wording, type Words } from '../wording.ts';

export type LookOf = { readonly look: Look; readonly words: Words; readonly boot: Boot };

export const LookContext = createContext<LookOf | null>(null);

/** Today's wording, and whether the pages were redesigned: then nothing has a role any more. */
export function useLook(): LookOf & { readonly plain: boolean } {
  const look = use(LookContext);
  if (!look) throw new Error('no look');
  return { ...look, plain: look.look === 'redesigned' };
}

export const makeLook = (boot: Boot): LookOf => ({ look: boot.look, words: wording[boot.look], boot });

type PressProps = {
  readonly children: ReactNode;
  readonly onPress?: (event: MouseEvent<HTMLElement>) => void;
  readonly kind?: 'primary' | 'secondary' | 'ghost' | 'icon' | 'link';
  readonly disabled?: boolean;
  readonly label?: string;
  readonly type?: 'button' | 'submit';
};

/** A button. In the redesign it only looks like one. */
export function Press({ children, onPress, kind = 'secondary', disabled, label, type = 'button' }: PressProps) {
  const { plain } = useLook();
  if (plain && type === 'button') {
    return (
      <PlainButton kind={kind} off={disabled} onPress={onPress}>
        {children}
      </PlainButton>
    );
  }
  return (
    <button type={type} className={`button ${kind}`} onClick={onPress} disabled={disabled} aria-label={label}>
      {children}
    </button>
  );
}
