import { Press, useLook } from './look.tsx';
import { useEnterPortal } from './shell.tsx';
import { Table } from './table.tsx';

/** Where a person with several clients lands. */
export function Portals() {
  const { words, boot } = useLook();
  const { entering, enter } = useEnterPortal();
  return (
    <>
      <h1>{words.portals}</h1>
      <div className="card">
        <Table
          heads={[words.name, 'ID', '']}
          empty="You have no client portal yet."
          rows={boot.portals.map((portal) => ({
            key: portal.id,
            cells: [
              <b>{portal.name}</b>,
              `#${portal.id}`,
              <Press disabled={entering} label={`${words.open} ${portal.name}`} onPress={() => enter(portal.id)}>
                {words.open}
              </Press>,
            ],
          }))}
        />
      </div>
    </>
  );
}
