import { useId } from 'react';
import { Select as Parts, Switch as SwitchParts } from 'radix-ui';
import { PlainPick, PlainSwitch } from '../../../pages/plain.tsx';
import { useLook } from '../look.tsx';

export type Choice = { readonly value: string; readonly label: string };

/** A list to choose one from. */
export function Select({
  label,
  value,
  choices,
  onChange,
  placeholder = 'Select…',
}: {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}) {
  const { plain } = useLook();
  if (plain) return <PlainPick value={value} choices={choices} onChange={onChange} />;
  return (
    <Parts.Root value={value ?? ''} onValueChange={onChange}>
      <Parts.Trigger className="select" aria-label={label}>
        <Parts.Value placeholder={placeholder} />
        <Parts.Icon className="caret" aria-hidden>
          ▾
        </Parts.Icon>
      </Parts.Trigger>
      <Parts.Portal>
        <Parts.Content className="floating" position="popper" sideOffset={4} collisionPadding={8}>
          <Parts.Viewport className="list">
            {choices.map((choice) => (
              <Parts.Item key={choice.value} value={choice.value} className="option">
                <Parts.ItemText>{choice.label}</Parts.ItemText>
              </Parts.Item>
            ))}
          </Parts.Viewport>
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

export function Switch({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { plain } = useLook();
  const id = useId();
  if (plain) return <PlainSwitch label={label} on={on} onChange={onChange} />;
  return (
    <div className="switch-row">
      <label htmlFor={id}>{label}</label>
      <SwitchParts.Root id={id} className="switch" checked={on} onCheckedChange={onChange}>
        <SwitchParts.Thumb className="thumb" />
      </SwitchParts.Root>
    </div>
  );
}
