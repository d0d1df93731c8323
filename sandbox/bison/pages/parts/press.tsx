import { useId, useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { PlainButton, PlainMenu } from '../../../pages/plain.tsx';
import { useLook } from '../look.tsx';

type Kind = 'primary' | 'secondary' | 'quiet';
const variants = { primary: 'contained', secondary: 'outlined', quiet: 'text' } as const;

/** A button. In the redesign it only looks like one, unless it sends a form. */
export function Press({
  children,
  onPress,
  kind = 'secondary',
  disabled,
  label,
  type = 'button',
}: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: Kind;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly type?: 'button' | 'submit';
}) {
  const { plain } = useLook();
  if (plain && type === 'button') {
    return (
      <PlainButton kind={kind} off={disabled} onPress={() => onPress?.()}>
        {children}
      </PlainButton>
    );
  }
  return (
    <Button type={type} variant={variants[kind]} onClick={onPress} disabled={disabled} aria-label={label}>
      {children}
    </Button>
  );
}

export type Entry = { readonly label: string; readonly hint?: string; readonly onPick: () => void };

/** A button that opens a menu. */
export function MenuButton({
  children,
  label,
  items,
  kind = 'secondary',
}: {
  readonly children: ReactNode;
  readonly label?: string;
  readonly items: readonly Entry[];
  readonly kind?: Kind;
}) {
  const { plain } = useLook();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (plain) {
    return (
      <PlainMenu kind={kind} items={items}>
        {children} ▾
      </PlainMenu>
    );
  }
  return (
    <>
      <Button
        id={id}
        variant={variants[kind]}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor ? true : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<span aria-hidden>▾</span>}
      >
        {children}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-labelledby': id } }}
      >
        {items.map((item) => (
          <MenuItem
            key={item.label}
            onClick={() => {
              setAnchor(null);
              item.onPick();
            }}
          >
            {item.label}
            {item.hint ? (
              <Typography variant="body2" color="text.secondary" sx={{ ml: 'auto', pl: 4 }}>
                {item.hint}
              </Typography>
            ) : null}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
