import { useState } from 'react';
import type { ListView } from '../shapes.ts';
import { People } from './contacts.tsx';
import { Problem } from './dialog.tsx';
import { Chip, count, Figures, useLook } from './look.tsx';
import { Link } from './router.tsx';
import { useLoad } from './use-load.ts';

const isRunning = ({ status }: ListView) => status !== 'Processed';

/** A list: how its import went, and who is in it. */
export function List({ id }: { readonly id: string }) {
  const { words } = useLook();
  const [page, setPage] = useState(1);
  const { data, problem } = useLoad<ListView>(`/web/lists/${id}?page=${page}`, { again: isRunning });
  if (problem) return <Problem>{problem}</Problem>;
  if (!data) return <p className="empty">Loading…</p>;
  const figures = [
    { label: words.rows, value: data.rows },
    { label: words.processed, value: data.processed },
    { label: words.succeeded, value: data.succeeded },
    { label: words.failed, value: data.failed },
  ];
  return (
    <>
      <p className="crumbs">
        <Link to="/contacts">{words.contacts}</Link> / {words.lists}
      </p>
      <div className="head">
        <h1>{data.name}</h1>
        <Chip state={data.status} />
      </div>
      <div className="card">
        {isRunning(data) ? <Progress of={data.rows} done={data.processed} /> : null}
        <Figures figures={figures} />
      </div>
      {data.errors.length > 0 ? (
        <details className="card">
          <summary>{data.errors.length === 1 ? '1 error' : `${count(data.errors.length)} errors`}</summary>
          <ul>
            {data.errors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </details>
      ) : null}
      <div className="card">
        <People page={data.people} onTurn={setPage} />
      </div>
    </>
  );
}

function Progress({ of, done }: { readonly of: number; readonly done: number }) {
  const { plain } = useLook();
  const percent = of === 0 ? 0 : Math.floor((100 * done) / of);
  return (
    <div className="progress">
      <div
        className="progress-track"
        role={plain ? undefined : 'progressbar'}
        aria-label="Import"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <span>Importing… {percent}%</span>
    </div>
  );
}
