import { useState } from 'react';
import type { GeneratedFormula, TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { Press, useLook } from './look.tsx';
import { ReferenceInput } from './reference-input.tsx';
import { SidePanel } from './side-panel.tsx';

/** Describe, generate, look at the first rows, save. Formulas cost nothing. */
export function FormulaPanel({
  table,
  after,
  onClose,
  onChanged,
}: {
  readonly table: TablePage;
  readonly after: string | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words } = useLook();
  const attempt = useAttempt();
  const [name, setName] = useState('Formula');
  const [prompt, setPrompt] = useState('');
  const [busy, setBusy] = useState(false);
  const [formula, setFormula] = useState<GeneratedFormula | null>(null);
  const during = (work: () => Promise<unknown>): void => {
    setBusy(true);
    void attempt(work).finally(() => setBusy(false));
  };
  const generate = (): void =>
    during(async () => {
      setFormula(null);
      setFormula(await send<GeneratedFormula>('POST', `/api/tables/${table.id}/generate-formula`, { prompt }));
    });
  const save = (run: boolean): void =>
    during(async () => {
      await send('POST', `/api/tables/${table.id}/columns/formula`, {
        after,
        name,
        prompt,
        token: formula?.token,
        run,
      });
      await onChanged();
      onClose();
    });
  const ready = formula !== null && !busy && name.trim() !== '';
  return (
    <SidePanel
      title={words.formula}
      subtitle="Free — formulas do not use credits"
      onClose={onClose}
      foot={
        <>
          <Press kind="primary" disabled={!ready} onPress={() => save(true)}>
            {words.saveAndRunAll}
          </Press>
          <Press disabled={!ready} onPress={() => save(false)}>
            Save and don’t run
          </Press>
        </>
      }
    >
      <label className="field">
        <span>Column name</span>
        <input value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <ReferenceInput
        label={words.describeFormula}
        placeholder="Type / to insert a column"
        value={prompt}
        columns={table.columns}
        rows={4}
        onChange={setPrompt}
      />
      <Press disabled={busy || prompt.trim() === ''} onPress={generate}>
        {busy && !formula ? 'Generating…' : words.generateFormula}
      </Press>
      {formula ? (
        <div className="generated">
          <label className="field">
            <span>Generated formula</span>
            <textarea readOnly rows={2} className="code" value={formula.text} />
          </label>
          <p className="hint">Preview</p>
          <ul className="samples">
            {formula.samples.map(({ value, result }, index) => (
              <li key={index}>
                <span>{value === '' ? '—' : value}</span>
                <span aria-hidden>→</span>
                <b>{result === '' ? '—' : result}</b>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </SidePanel>
  );
}
