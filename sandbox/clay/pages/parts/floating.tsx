import { useRef, type ReactNode } from 'react';
import { Popover } from 'radix-ui';
import { useLook } from '../look.tsx';

/** Where on the page something is opened: at an element or at the pointer. */
export type Anchor = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export const anchorOf = (element: HTMLElement): Anchor => element.getBoundingClientRect();
export const pointAnchor = (x: number, y: number): Anchor => ({ x, y, width: 0, height: 0 });

/** A layer above the page, beside its anchor. Escape, or a press elsewhere, closes it. */
export function Floating({
  anchor,
  label,
  onClose,
  children,
  keepFocus,
}: {
  readonly anchor: Anchor;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What is typed goes on going where it went. */
  readonly keepFocus?: boolean;
}) {
  const { plain } = useLook();
  const { x, y, width, height } = anchor;
  const place = useRef({ getBoundingClientRect: () => new DOMRect(x, y, width, height) });
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Anchor virtualRef={place} />
      <Popover.Portal>
        <Popover.Content
          className="floating"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          role={plain ? 'presentation' : 'dialog'}
          aria-label={plain ? undefined : label}
          onOpenAutoFocus={keepFocus ? (event) => event.preventDefault() : undefined}
          onCloseAutoFocus={keepFocus ? (event) => event.preventDefault() : undefined}
          // The button that opened it closes it by itself, on the click.
          onPointerDownOutside={(event) => {
            if ((event.target as Element).closest('[aria-expanded=true]')) event.preventDefault();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
