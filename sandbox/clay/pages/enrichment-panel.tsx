import { useState } from 'react';
import { outputFields, type OutputField, type TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { icons } from './icons.tsx';
import { count } from '../../pages/words.ts';
import { Press, useLook } from './look.tsx';
import { ReferenceInput } from './reference-input.tsx';
import { Switch } from './parts/select.tsx';
import { SidePanel } from './side-panel.tsx';

type Step = 'search' | 'inputs' | 'fields';
type Offer = { readonly provider: string; readonly action: string; readonly about: string; readonly works?: boolean };

/** Search, set up, choose the fields, run. One credit a row, blank ones too. */
export function EnrichmentPanel({
  table,
  onClose,
  onChanged,
}: {
  readonly table: TablePage;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words } = useLook();
  const attempt = useAttempt();
  const [step, setStep] = useState<Step>('search');
  const [input, setInput] = useState('');
  const [fields, setFields] = useState<readonly OutputField[]>([]);
  const [busy, setBusy] = useState(false);
  const source = table.columns.find(({ name }) => `/${name}` === input.trim());
  const save = (run: boolean): void => {
    setBusy(true);
    void attempt(async () => {
      await send('POST', `/api/tables/${table.id}/columns/enrichment`, {
        name: words.validateEmail,
        inputId: source?.id,
        fields,
        run,
      });
      await onChanged();
      onClose();
    }).finally(() => setBusy(false));
  };

  if (step === 'search') return <Search onClose={onClose} onPick={() => setStep('inputs')} />;
  if (step === 'inputs') {
    return (
      <SidePanel
        title={words.validateEmail}
        subtitle="Debounce"
        onClose={onClose}
        foot={
          <Press kind="primary" disabled={!source} onPress={() => setStep('fields')}>
            {words.continueToFields}
          </Press>
        }
      >
        <div className="account">
          <span>Account</span>
          <b>Clay-managed Debounce account</b>
          <span className="price">1 credit / row</span>
        </div>
        <ReferenceInput
          label="Email"
          placeholder="Type / to map a column"
          value={input}
          columns={table.columns}
          rows={1}
          onChange={setInput}
        />
        {input.trim() !== '' && !source ? <p className="hint">Map a column: type / and choose one.</p> : null}
      </SidePanel>
    );
  }
  return (
    <SidePanel
      title={words.validateEmail}
      subtitle="Debounce · Fields to add as columns"
      onClose={onClose}
      foot={
        <>
          <Press kind="primary" disabled={busy} onPress={() => save(true)}>
            {words.saveAndRunView.replace('{n}', count(table.matching))}
          </Press>
          <Press disabled={busy} onPress={() => save(false)}>
            Save and don’t run
          </Press>
        </>
      }
    >
      {outputFields.map(({ key, label }) => (
        <Switch
          key={key}
          label={key === 'firstSafe' ? words.firstSafe : label}
          on={fields.includes(key)}
          onChange={(on) => setFields(on ? [...fields, key] : fields.filter((field) => field !== key))}
        />
      ))}
      <p className="hint">
        Runs on {count(table.matching)} rows · {count(table.matching)} credits
      </p>
    </SidePanel>
  );
}

function Search({ onClose, onPick }: { readonly onClose: () => void; readonly onPick: () => void }) {
  const { words } = useLook();
  const [search, setSearch] = useState('');
  const offers: readonly Offer[] = [
    { provider: 'Findymail', action: 'Find Work Email', about: 'From a name and a domain' },
    { provider: 'ZeroBounce', action: words.validateEmail, about: 'Check whether an email can receive' },
    { provider: 'Hunter', action: 'Find Email', about: 'From a name and a domain' },
    { provider: 'Debounce', action: words.validateEmail, about: 'Check whether an email is safe to send', works: true },
    { provider: 'Clearbit', action: 'Enrich Company', about: 'Firmographics from a domain' },
  ];
  const shown = offers.filter(({ provider, action }) =>
    `${provider} ${action}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <SidePanel title={words.addEnrichment} subtitle="Over 150 providers" onClose={onClose}>
      <input
        type="search"
        className="search"
        autoFocus
        placeholder={words.searchEnrichments}
        aria-label={words.searchEnrichments}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className="offers">
        {shown.map(({ provider, action, about, works }) => (
          <li key={provider}>
            <h3>{provider}</h3>
            <button type="button" onClick={works ? onPick : undefined} disabled={!works}>
              <span className="offer-icon" aria-hidden>
                {icons.mail}
              </span>
              <span>
                <b>{action}</b>
                <span className="about">{about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="empty">Nothing found for “{search}”.</p> : null}
    </SidePanel>
  );
}
