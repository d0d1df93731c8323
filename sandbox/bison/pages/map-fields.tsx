import { useState } from 'react';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Refused, send } from '../../pages/api.ts';
import { navigate } from '../../pages/router.tsx';
import type { ImportRequest, UploadView } from '../shapes.ts';
import { useLook } from './look.tsx';
import { Problem } from './parts/dialog.tsx';
import { Pick, Radios, type Choice } from './parts/fields.tsx';
import { Card, Hint } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { Table } from './parts/table.tsx';

const nowhere = '';

/** Each column goes to a field, to a custom variable, or nowhere; names that look alike are chosen already. */
export function MapFields({
  file,
  name,
  onBack,
}: {
  readonly file: UploadView;
  readonly name: string;
  readonly onBack: () => void;
}) {
  const { words } = useLook();
  const [targets, setTargets] = useState(() => file.columns.map(({ guess }) => guess ?? nowhere));
  const [behavior, setBehavior] = useState<ImportRequest['behavior']>('put');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choices: readonly Choice[] = [
    { value: nowhere, label: words.dontImport },
    ...file.targets.map(({ value, label, custom }) => ({
      value,
      label,
      group: custom ? words.variables : words.standardFields,
    })),
  ];

  const start = async (): Promise<void> => {
    const used = targets.filter((target) => target !== nowhere);
    const twice = used.find((target, index) => used.indexOf(target) !== index);
    if (twice !== undefined) {
      setProblem(`Two columns go to ${choices.find(({ value }) => value === twice)?.label ?? twice}.`);
      return;
    }
    const mapping = targets.flatMap((target, column) => (target === nowhere ? [] : [{ column, target }]));
    setBusy(true);
    try {
      const asked: ImportRequest = { uploadId: file.uploadId, name, behavior, mapping };
      const { listId } = await send<{ listId: number }>('POST', '/web/imports', asked);
      navigate(`/contacts/lists/${listId}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setProblem(error.message);
      setBusy(false);
    }
  };

  return (
    <Card>
      <Typography variant="h6" component="h2">
        {words.mapFields}
      </Typography>
      <Hint>
        {file.file} → <b>{name}</b>
      </Hint>
      <Table
        heads={[words.csvColumn, words.sample, words.field]}
        empty="This file has no columns."
        rows={file.columns.map(({ header, sample }, column) => ({
          key: column,
          cells: [
            <b id={`column-${column}`}>{header}</b>,
            sample,
            <Pick
              labelledBy={`column-${column}`}
              value={targets[column] ?? nowhere}
              choices={choices}
              onChange={(target) => setTargets(targets.with(column, target))}
            />,
          ],
        }))}
      />
      <Radios
        legend={words.ifExists}
        value={behavior}
        choices={[
          { value: 'put', label: words.replace },
          { value: 'patch', label: words.update },
          { value: 'skip', label: words.skip },
        ]}
        // The values above are all there are.
        onChange={(value) => setBehavior(value as ImportRequest['behavior'])}
      />
      {problem ? <Problem>{problem}</Problem> : null}
      <Stack direction="row" spacing={1} sx={{ mt: 2, justifyContent: 'flex-end' }}>
        <Press onPress={onBack}>{words.back}</Press>
        <Press kind="primary" disabled={busy} onPress={() => void start()}>
          {words.importNow}
        </Press>
      </Stack>
    </Card>
  );
}
