import { useState } from 'react';
import Box from '@mui/material/Box';
import { navigate, usePath } from '../../pages/router.tsx';
import { useLoad } from '../../pages/use-load.ts';
import { count, day } from '../../pages/words.ts';
import type { ListRow, Page, PersonRow } from '../shapes.ts';
import { useLook } from './look.tsx';
import { Pick, TextField } from './parts/fields.tsx';
import { Card, Hint, Link, State, Tabs, Title } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { Listing } from './parts/table.tsx';

/** Contacts: the lists that were imported, and everybody in them. */
export function Contacts() {
  const { words } = useLook();
  const everybody = usePath().startsWith('/contacts/all');
  return (
    <>
      <Title
        beside={
          <Press kind="primary" onPress={() => navigate('/contacts/import')}>
            {words.importNew}
          </Press>
        }
      >
        {words.contacts}
      </Title>
      <Tabs
        here={everybody ? '/contacts/all' : '/contacts'}
        tabs={[
          { to: '/contacts', label: words.lists },
          { to: '/contacts/all', label: words.allContacts },
        ]}
      />
      <Card>{everybody ? <Everybody /> : <Lists />}</Card>
    </>
  );
}

const isRunning = ({ rows }: Page<ListRow>) => rows.some(({ status }) => status !== 'Processed');

function Lists() {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const { data } = useLoad<Page<ListRow>>(`/web/lists?page=${page}`, { again: isRunning });
  if (!data) return <Hint>Loading…</Hint>;
  return (
    <Listing
      columns={[
        { head: words.name, share: 2, cell: ({ id, name }) => <Link to={`/contacts/lists/${id}`}>{name}</Link> },
        { head: words.contacts, isNumber: true, cell: ({ contacts }) => count(contacts) },
        { head: words.status, cell: ({ status }) => <State state={status} /> },
        { head: words.created, cell: ({ createdAt }) => day(createdAt) },
      ]}
      page={data}
      empty="No lists yet. Import your first contacts."
      onTurn={setPage}
    />
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
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 200px', gap: 2, maxWidth: 640, pt: 1, mb: 1 }}>
        <TextField
          type="search"
          label={words.searchContacts}
          value={search}
          onChange={(value) => {
            setSearch(value);
            setPage(1);
          }}
        />
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
      </Box>
      {data ? <People page={data} onTurn={setPage} /> : <Hint>Loading…</Hint>}
    </>
  );
}

export function People({ page, onTurn }: { readonly page: Page<PersonRow>; readonly onTurn: (page: number) => void }) {
  const { words } = useLook();
  return (
    <Listing
      columns={[
        { head: words.name, cell: ({ name }) => name },
        { head: words.email, share: 2, cell: ({ email }) => email },
        { head: words.status, cell: ({ status }) => <State state={status} /> },
        { head: words.created, cell: ({ createdAt }) => day(createdAt) },
      ]}
      page={page}
      empty="Nobody here yet."
      onTurn={onTurn}
    />
  );
}
