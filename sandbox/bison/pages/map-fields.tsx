import { useState } from 'react';
import type { ImportRequest, UploadView } from '../shapes.ts';
import { Refused, send } from './api.ts';
import { Pick, Radios, type Choice } from './controls.tsx';
import { Problem } from './dialog.tsx';
import { Press, useLook } from './look.tsx';
import { navigate } from './router.tsx';
import { Table } from './table.tsx';

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
    <div className="card">
      <h2>{words.mapFields}</h2>
      <p className="hint">
        {file.file} → <b>{name}</b>
      </p>
      <Table
        heads={[words.csvColumn, words.sample, words.field]}
        empty="This file has no columns."
        rows={file.columns.map(({ header, sample }, column) => ({
          key: column,
          cells: [
            <b id={`column-${column}`}>{header}</b>,
            <span className="sample">{sample}</span>,
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
        name="behavior"
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
      <div className="foot">
        <Press onPress={onBack}>{words.back}</Press>
        <Press kind="primary" disabled={busy} onPress={() => void start()}>
          {words.importNow}
        </Press>
      </div>
    </div>
  );
}
