import { useState, type SubmitEvent } from 'react';
import Stack from '@mui/material/Stack';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { useLoad } from '../../pages/use-load.ts';
import { day } from '../../pages/words.ts';
import type { VariableRow } from '../shapes.ts';
import { useLook } from './look.tsx';
import { TextField } from './parts/fields.tsx';
import { Card, Title } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { Table } from './parts/table.tsx';

/** What a contact can have besides the usual fields; it must exist before a file is imported. */
export function Variables() {
  const { words } = useLook();
  const attempt = useAttempt();
  const [name, setName] = useState('');
  const { data, reload } = useLoad<readonly VariableRow[]>('/web/variables');
  const create = async (): Promise<void> => {
    await send('POST', '/web/variables', { name });
    setName('');
    await reload();
  };
  return (
    <>
      <Title>{words.variables}</Title>
      <Card>
        <Stack
          component="form"
          direction="row"
          spacing={1.5}
          sx={{ maxWidth: 520, mb: 2 }}
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void attempt(create);
          }}
        >
          <TextField label={words.variableName} value={name} onChange={setName} />
          <Press kind="primary" type="submit" disabled={name.trim() === ''}>
            {words.createVariable}
          </Press>
        </Stack>
        <Table
          heads={[words.name, words.created]}
          empty="No custom variables yet."
          rows={(data ?? []).map((variable) => ({
            key: variable.id,
            cells: [<code>{variable.name}</code>, day(variable.createdAt)],
          }))}
        />
      </Card>
    </>
  );
}
