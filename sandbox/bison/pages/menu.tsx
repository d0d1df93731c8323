import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Press, useLook } from './look.tsx';

export type MenuItem = { readonly label: string; readonly hint?: string; readonly onPick: () => void };

/** A button that opens a menu; a press elsewhere, or Escape, closes it. */
export function MenuButton({
  children,
  label,
  items,
  kind,
}: {
  readonly children: ReactNode;
  readonly label?: string;
  readonly items: readonly MenuItem[];
  readonly kind?: 'primary' | 'secondary' | 'quiet';
}) {
  const { plain } = useLook();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const press = ({ target }: Event): void => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    const escape = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', press);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', press);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);
  return (
    <div className="menu-box" ref={box}>
      <Press kind={kind} label={label} menu={open} onPress={() => setOpen(!open)}>
        {children} <span aria-hidden>▾</span>
      </Press>
      {open ? (
        <div className="menu" role={plain ? undefined : 'menu'}>
          {items.map((item) => (
            <div
              key={item.label}
              className="menu-item"
              role={plain ? undefined : 'menuitem'}
              tabIndex={plain ? undefined : 0}
              onClick={() => {
                setOpen(false);
                item.onPick();
              }}
            >
              {item.label}
              {item.hint ? <span className="hint">{item.hint}</span> : null}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
