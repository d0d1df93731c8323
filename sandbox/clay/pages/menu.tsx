import { useState, type ReactNode } from 'react';
import { anchorOf, Floating, type Anchor } from './floating.tsx';
import { Press, useLook } from './look.tsx';

export type MenuItem = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onPick?: () => void;
  readonly items?: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly danger?: boolean;
};

/** A menu at a place on the page. An item with items opens them beside it, under the pointer or by a press. */
export function Menu({
  anchor,
  items,
  onClose,
  onPicked = onClose,
  side,
  label,
}: {
  readonly anchor: Anchor;
  readonly items: readonly MenuItem[];
  /** A press elsewhere closes this menu; a pick closes it with all the menus it came from. */
  readonly onClose: () => void;
  readonly onPicked?: () => void;
  readonly side?: 'below' | 'beside';
  readonly label: string;
}) {
  const { plain } = useLook();
  const [open, setOpen] = useState<{ index: number; anchor: Anchor } | null>(null);
  const inner = open ? items[open.index] : undefined;
  return (
    <Floating anchor={anchor} onClose={onClose} side={side}>
      <div
        className={plain ? 'x-list' : 'menu'}
        role={plain ? undefined : 'menu'}
        aria-label={plain ? undefined : label}
      >
        {items.map((item, index) => (
          <div
            key={item.label}
            className={`${plain ? 'x-entry' : 'menu-item'}${item.disabled ? ' off' : ''}${item.danger ? ' danger' : ''}`}
            role={plain ? undefined : 'menuitem'}
            tabIndex={-1}
            aria-disabled={item.disabled}
            aria-haspopup={!plain && item.items ? 'menu' : undefined}
            onMouseEnter={(event) => setOpen(item.items ? { index, anchor: anchorOf(event.currentTarget) } : null)}
            onClick={(event) => {
              if (item.disabled) return;
              if (item.items) return setOpen({ index, anchor: anchorOf(event.currentTarget) });
              onPicked();
              item.onPick?.();
            }}
          >
            {item.icon ? (
              <span className="menu-icon" aria-hidden>
                {item.icon}
              </span>
            ) : null}
            <span>{item.label}</span>
            {item.items ? (
              <span className="menu-more" aria-hidden>
                ›
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {open && inner?.items ? (
        <Menu
          anchor={open.anchor}
          items={inner.items}
          onClose={() => setOpen(null)}
          onPicked={onPicked}
          side="beside"
          label={inner.label}
        />
      ) : null}
    </Floating>
  );
}

export function MenuButton({
  label,
  children,
  items,
  kind,
}: {
  /** Said to a screen reader where the button shows only a picture. */
  readonly label: string;
  readonly children: ReactNode;
  readonly items: readonly MenuItem[];
  readonly kind?: 'primary' | 'secondary' | 'ghost' | 'icon';
}) {
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  return (
    <>
      <Press
        kind={kind}
        label={kind === 'icon' ? label : undefined}
        expanded={anchor !== null}
        onPress={(event) => setAnchor(anchor ? null : anchorOf(event.currentTarget))}
      >
        {children}
      </Press>
      {anchor ? <Menu anchor={anchor} items={items} onClose={() => setAnchor(null)} label={label} /> : null}
    </>
  );
}
