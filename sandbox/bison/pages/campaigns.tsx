import { useState } from 'react';
import type { CampaignRow, Page } from '../shapes.ts';
import { TextField } from './controls.tsx';
import { Chip, count, day, useLook } from './look.tsx';
import { Link } from './router.tsx';
import { Pager, Table } from './table.tsx';
import { useLoad } from './use-load.ts';

export function Campaigns() {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const [search, setSearch] = useState('');
  const query = new URLSearchParams({ page: String(page), search });
  const { data } = useLoad<Page<CampaignRow>>(`/web/campaigns?${query.toString()}`);
  return (
    <>
      <h1>{words.campaigns}</h1>
      <div className="card">
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
          <>
            <Table
              heads={[words.name, words.status, words.totalLeads, words.created]}
              numbers={[2]}
              empty="No campaigns found."
              rows={data.rows.map(({ id, name, status, totalLeads, createdAt }) => ({
                key: id,
                cells: [
                  <Link to={`/campaigns/${id}`}>{name}</Link>,
                  <Chip state={status} />,
                  count(totalLeads),
                  day(createdAt),
                ],
              }))}
            />
            <Pager page={data} onTurn={setPage} />
          </>
        ) : (
          <p className="empty">Loading…</p>
        )}
      </div>
    </>
  );
}
