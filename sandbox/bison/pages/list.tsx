import { useState } from 'react';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useLoad } from '../../pages/use-load.ts';
import { count } from '../../pages/words.ts';
import type { ListView } from '../shapes.ts';
import { People } from './contacts.tsx';
import { useLook } from './look.tsx';
import { Problem } from './parts/dialog.tsx';
import { Card, Figures, Hint, Link, State, Title } from './parts/page.tsx';

const isRunning = ({ status }: ListView) => status !== 'Processed';

/** A list: how its import went, and who is in it. */
export function List({ id }: { readonly id: string }) {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const { data, problem } = useLoad<ListView>(`/web/lists/${id}?page=${page}`, { again: isRunning });
  if (problem) return <Problem>{problem}</Problem>;
  if (!data) return <Hint>Loading…</Hint>;
  return (
    <>
      <Title
        crumbs={[<Link to="/contacts">{words.contacts}</Link>, words.lists]}
        beside={<State state={data.status} />}
      >
        {data.name}
      </Title>
      <Card>
        {isRunning(data) ? <Progress of={data.rows} done={data.processed} /> : null}
        <Figures
          figures={[
            { label: words.rows, value: data.rows },
            { label: words.processed, value: data.processed },
            { label: words.succeeded, value: data.succeeded },
            { label: words.failed, value: data.failed },
          ]}
        />
      </Card>
      {data.errors.length > 0 ? (
        <Card>
          <details>
            <summary>{data.errors.length === 1 ? '1 error' : `${count(data.errors.length)} errors`}</summary>
            <ul>
              {data.errors.map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
          </details>
        </Card>
      ) : null}
      <Card>
        <People page={data.people} onTurn={setPage} />
      </Card>
    </>
  );
}

function Progress({ of, done }: { readonly of: number; readonly done: number }) {
  const { plain } = useLook();
  const percent = of === 0 ? 0 : Math.floor((100 * done) / of);
  return (
    <Box sx={{ mb: 2 }}>
      {plain ? null : <LinearProgress variant="determinate" value={percent} aria-label="Import" />}
      <Hint>Importing… {percent}%</Hint>
    </Box>
  );
}
