import { useId } from 'react';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import InputLabel from '@mui/material/InputLabel';
import MuiTextField from '@mui/material/TextField';
import ListSubheader from '@mui/material/ListSubheader';
import MenuItem from '@mui/material/MenuItem';
import MuiSwitch from '@mui/material/Switch';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Select from '@mui/material/Select';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { PlainField, PlainPick, PlainSwitch } from '../../../pages/plain.tsx';
import { useLook } from '../look.tsx';

export type Choice = { readonly value: string; readonly label: string; readonly group?: string };

export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  autoFocus,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search';
  readonly autoFocus?: boolean;
}) {
  const { plain } = useLook();
  if (plain) {
    return (
      <PlainField label={label}>
        <input type={type} value={value} autoFocus={autoFocus} onChange={(event) => onChange(event.target.value)} />
      </PlainField>
    );
  }
  return (
    <MuiTextField
      label={label}
      type={type}
      value={value}
      autoFocus={autoFocus}
      autoComplete="off"
      fullWidth
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A choice among many. In the redesign, a list of its own making. */
export function Pick({
  label,
  labelledBy,
  value,
  choices,
  onChange,
}: {
  /** Shown on it; or the id of the element that names it. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  const { plain } = useLook();
  const id = useId();
  if (plain) {
    const pick = <PlainPick value={value} choices={choices} onChange={onChange} />;
    return label ? <PlainField label={label}>{pick}</PlainField> : pick;
  }
  const groups = [...new Set(choices.map(({ group }) => group))];
  return (
    <FormControl fullWidth>
      {label ? (
        <InputLabel id={id} shrink>
          {label}
        </InputLabel>
      ) : null}
      <Select
        labelId={labelledBy ?? id}
        label={label}
        notched={label !== undefined}
        displayEmpty
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {groups.flatMap((group) => [
          ...(group ? [<ListSubheader key={`group ${group}`}>{group}</ListSubheader>] : []),
          ...choices
            .filter((choice) => choice.group === group)
            .map((choice) => (
              <MenuItem key={choice.value} value={choice.value}>
                {choice.label}
              </MenuItem>
            )),
        ])}
      </Select>
    </FormControl>
  );
}

export function Switch({
  label,
  hint,
  on,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { plain } = useLook();
  if (plain) return <PlainSwitch label={label} on={on} onChange={onChange} />;
  return (
    <Stack sx={{ py: 1 }}>
      <FormControlLabel
        control={<MuiSwitch checked={on} onChange={(_event, checked) => onChange(checked)} />}
        label={label}
      />
      <Typography variant="body2" color="text.secondary" sx={{ pl: 6 }}>
        {hint}
      </Typography>
    </Stack>
  );
}

export function Radios({
  legend,
  value,
  choices,
  onChange,
}: {
  readonly legend: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <FormControl sx={{ mt: 3 }}>
      <FormLabel id={id}>{legend}</FormLabel>
      <RadioGroup aria-labelledby={id} value={value} onChange={(_event, chosen) => onChange(chosen)}>
        {choices.map((choice) => (
          <FormControlLabel
            key={choice.value}
            value={choice.value}
            control={<Radio size="small" />}
            label={choice.label}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
