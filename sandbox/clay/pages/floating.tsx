import { createContext, use, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const Depth = createContext(0);

export type Anchor = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
export const anchorOf = (element: HTMLElement): Anchor => element.getBoundingClientRect();
export const pointAnchor = (x: number, y: number): Anchor => ({ left: x, right: x, top: y, bottom: y });

type FloatingProps = {
  readonly anchor: Anchor;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `beside`: a submenu, to the right of its item, to the left where there is no room. */
  readonly side?: 'below' | 'beside';
  readonly minWidth?: number;
};

/** A layer above the page, beside its anchor and inside the window. Escape, or a press elsewhere, closes it. */
export function Floating({ anchor, onClose, children, side = 'below', minWidth }: FloatingProps) {
  const depth = use(Depth) + 1;
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);

  useLayoutEffect(() => {
    const { width = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {};
    const { innerWidth, innerHeight } = window;
    const wanted =
      side === 'below' ? { left: anchor.left, top: anchor.bottom + 4 } : { left: anchor.right, top: anchor.top - 5 };
    const left =
      wanted.left + width <= innerWidth - 8
        ? wanted.left
        : side === 'below'
          ? innerWidth - width - 8
          : anchor.left - width;
    const top =
      wanted.top + height <= innerHeight - 8
        ? wanted.top
        : side === 'below'
          ? anchor.top - height - 4
          : innerHeight - height - 8;
    setPlace({ left: Math.max(8, left), top: Math.max(8, top) });
  }, [anchor, side]);

  useEffect(() => {
    // Layers opened from this one are drawn elsewhere in the document; their depth says they belong.
    const elsewhere = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      // Its own button closes it by itself, on the click.
      if (event.target.closest('[aria-expanded=true]')) return;
      const layer = event.target.closest<HTMLElement>('[data-depth]');
      if (Number(layer?.dataset['depth'] ?? 0) < depth) onClose();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('mousedown', elsewhere);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('mousedown', elsewhere);
      document.removeEventListener('keydown', escape);
    };
  }, [depth, onClose]);

  return createPortal(
    <Depth value={depth}>
      <div
        ref={box}
        className="floating"
        data-depth={depth}
        style={{ left: place?.left ?? 0, top: place?.top ?? 0, visibility: place ? 'visible' : 'hidden', minWidth }}
      >
        {children}
      </div>
    </Depth>,
    document.body,
  );
}
