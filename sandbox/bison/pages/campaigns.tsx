import { useState } from 'react';
import { useLoad } from '../../pages/use-load.ts';
import { count, day } from '../../pages/words.ts';
import type { CampaignRow, Page } from '../shapes.ts';
import { useLook } from './look.tsx';
import { TextField } from './parts/fields.tsx';
import { Card, Hint, Link, State, Title } from './parts/page.tsx';
import { Listing } from './parts/table.tsx';

export function Campaigns() {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const [search, setSearch] = useState('');
  const query = new URLSearchParams({ page: String(page), search });
  const { data } = useLoad<Page<CampaignRow>>(`/web/campaigns?${query.toString()}`);
  return (
    <>
      <Title>{words.campaigns}</Title>
      <Card>
        <TextField
          type="search"
          label={words.searchCampaigns}
          value={search}
          onChange={(value) => {
            setSearch(value);
            setPage(1);
          }}
        />
        {data ? (
          <Listing
            columns={[
              { head: words.name, share: 2, cell: ({ id, name }) => <Link to={`/campaigns/${id}`}>{name}</Link> },
              { head: words.status, cell: ({ status }) => <State state={status} /> },
              { head: words.totalLeads, isNumber: true, cell: ({ totalLeads }) => count(totalLeads) },
              { head: words.created, cell: ({ createdAt }) => day(createdAt) },
            ]}
            page={data}
            empty="No campaigns found."
            onTurn={setPage}
          />
        ) : (
          <Hint>Loading…</Hint>
        )}
      </Card>
    </>
  );
}
