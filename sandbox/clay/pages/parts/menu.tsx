import type { ReactNode } from 'react';
import { DropdownMenu } from 'radix-ui';
import { PlainLines, PlainMenu, type PlainItem } from '../../../pages/plain.tsx';
import { useLook } from '../look.tsx';
import { Floating, type Anchor } from './floating.tsx';

export type MenuItem = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onPick?: () => void;
  readonly items?: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly danger?: boolean;
};

const plainly = (items: readonly MenuItem[]): readonly PlainItem[] =>
  items.map(({ label, disabled, onPick, items: inner }) => ({
    label,
    off: disabled,
    onPick,
    ...(inner && { items: plainly(inner) }),
  }));

/** A button that opens a menu. */
export function MenuButton({
  label,
  children,
  items,
  kind = 'secondary',
}: {
  /** Said to a screen reader where the button shows only a picture. */
  readonly label: string;
  readonly children: ReactNode;
  readonly items: readonly MenuItem[];
  readonly kind?: 'primary' | 'secondary' | 'ghost' | 'icon';
}) {
  const { plain } = useLook();
  if (plain) {
    return (
      <PlainMenu kind={kind} items={plainly(items)}>
        {children}
      </PlainMenu>
    );
  }
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={`button ${kind}`} aria-label={kind === 'icon' ? label : undefined}>
        {children}
      </DropdownMenu.Trigger>
      <Entries items={items} />
    </DropdownMenu.Root>
  );
}

/** A menu at a place on the page. */
export function Menu({
  anchor,
  items,
  onClose,
  label,
}: {
  readonly anchor: Anchor;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
  readonly label: string;
}) {
  const { plain } = useLook();
  if (plain) {
    return (
      <Floating anchor={anchor} label={label} onClose={onClose}>
        <PlainLines items={plainly(items)} onPicked={onClose} />
      </Floating>
    );
  }
  const { x, y, width, height } = anchor;
  return (
    <DropdownMenu.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DropdownMenu.Trigger asChild>
        <span style={{ position: 'fixed', left: x, top: y, width, height, pointerEvents: 'none' }} />
      </DropdownMenu.Trigger>
      <Entries items={items} />
    </DropdownMenu.Root>
  );
}

function Entries({ items }: { readonly items: readonly MenuItem[] }) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content className="floating" align="start" sideOffset={4} collisionPadding={8}>
        {items.map((item) => (
          <Entry key={item.label} item={item} />
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

function Entry({ item }: { readonly item: MenuItem }) {
  const { label, icon, items, disabled, danger, onPick } = item;
  const inside = (
    <>
      {icon ? (
        <span className="menu-icon" aria-hidden>
          {icon}
        </span>
      ) : null}
      <span>{label}</span>
    </>
  );
  if (!items) {
    return (
      <DropdownMenu.Item className={`menu-item${danger ? ' danger' : ''}`} disabled={disabled} onSelect={onPick}>
        {inside}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        {inside}
        <span className="menu-more" aria-hidden>
          ›
        </span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="floating" collisionPadding={8}>
          {items.map((inner) => (
            <Entry key={inner.label} item={inner} />
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
