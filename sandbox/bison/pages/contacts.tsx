import { useState } from 'react';
import type { ListRow, Page, PersonRow } from '../shapes.ts';
import { Pick, TextField } from './controls.tsx';
import { Chip, count, day, Press, useLook } from './look.tsx';
import { Link, navigate, usePath } from './router.tsx';
import { Pager, Table } from './table.tsx';
import { useLoad } from './use-load.ts';

/** Contacts: the lists that were imported, and everybody in them. */
export function Contacts() {
  const { words } = useLook();
  const everybody = usePath().startsWith('/contacts/all');
  return (
    <>
      <div className="head">
        <h1>{words.contacts}</h1>
        <Press kind="primary" onPress={() => navigate('/contacts/import')}>
          {words.importNew}
        </Press>
      </div>
      <div className="tabs">
        <Link to="/contacts" className="tab" here={!everybody}>
          {words.lists}
        </Link>
        <Link to="/contacts/all" className="tab" here={everybody}>
          {words.allContacts}
        </Link>
      </div>
      <div className="card">{everybody ? <Everybody /> : <Lists />}</div>
    </>
  );
}

const isRunning = ({ rows }: Page<ListRow>) => rows.some(({ status }) => status !== 'Processed');

function Lists() {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const { data } = useLoad<Page<ListRow>>(`/web/lists?page=${page}`, { again: isRunning });
  if (!data) return <p className="empty">Loading…</p>;
  return (
    <>
      <Table
        heads={[words.name, words.contacts, words.status, words.created]}
        numbers={[1]}
        empty="No lists yet. Import your first contacts."
        rows={data.rows.map(({ id, name, contacts, status, createdAt }) => ({
          key: id,
          cells: [
            <Link to={`/contacts/lists/${id}`}>{name}</Link>,
            count(contacts),
            <Chip state={status} />,
            day(createdAt),
          ],
        }))}
      />
      <Pager page={data} onTurn={setPage} />
    </>
  );
}

function Everybody() {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('');
  const query = new URLSearchParams({ page: String(page), search, status });
  const { data } = useLoad<Page<PersonRow>>(`/web/contacts?${query.toString()}`);
  return (
    <>
      <div className="inline">
        <TextField
          type="search"
          label={words.searchContacts}
          value={search}
          onChange={(value) => {
            setSearch(value);
            setPage(1);
          }}
        />
        <div className="field">
          <span className="field-label" aria-hidden>
            {words.status}
          </span>
          <Pick
            label={words.status}
            value={status}
            choices={[
              { value: '', label: words.everyStatus },
              { value: 'verified', label: words.verified },
              { value: 'unverified', label: words.unverified },
              { value: 'bounced', label: words.bounced },
              { value: 'unsubscribed', label: words.unsubscribed },
            ]}
            onChange={(chosen) => {
              setStatus(chosen);
              setPage(1);
            }}
          />
        </div>
      </div>
      {data ? <People page={data} onTurn={setPage} /> : <p className="empty">Loading…</p>}
    </>
  );
}

export function People({ page, onTurn }: { readonly page: Page<PersonRow>; readonly onTurn: (page: number) => void }) {
  const { words } = useLook();
  return (
    <>
      <Table
        heads={[words.name, words.email, words.status, words.created]}
        empty="Nobody here yet."
        rows={page.rows.map(({ id, name, email, status, createdAt }) => ({
          key: id,
          cells: [name, email, <Chip state={status} />, day(createdAt)],
        }))}
      />
      <Pager page={page} onTurn={onTurn} />
    </>
  );
}
