import { useState, type SubmitEvent } from 'react';
import type { VariableRow } from '../shapes.ts';
import { send } from './api.ts';
import { TextField } from './controls.tsx';
import { useAttempt } from './dialog.tsx';
import { day, Press, useLook } from './look.tsx';
import { Table } from './table.tsx';
import { useLoad } from './use-load.ts';

/** What a contact can have besides the usual fields; it must exist before a file is imported. */
export function Variables() {
  const { words } = useLook();
  const attempt = useAttempt();
  const [name, setName] = useState('');
  const { data, reload } = useLoad<readonly VariableRow[]>('/web/variables');
  const create = async (): Promise<void> => {
    await send('POST', '/web/variables', { name });
    setName('');
    reload();
  };
  return (
    <>
      <h1>{words.variables}</h1>
      <div className="card">
        <form
          className="inline"
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void attempt(create);
          }}
        >
          <TextField label={words.variableName} value={name} onChange={setName} />
          <Press kind="primary" type="submit" disabled={name.trim() === ''}>
            {words.createVariable}
          </Press>
        </form>
        <Table
          heads={[words.name, words.created]}
          empty="No custom variables yet."
          rows={(data ?? []).map((variable) => ({
            key: variable.id,
            cells: [<code>{variable.name}</code>, day(variable.createdAt)],
          }))}
        />
      </div>
    </>
  );
}
