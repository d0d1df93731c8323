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
