import { useLook } from './look.tsx';
import { Card, Title } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { Table } from './parts/table.tsx';
import { useEnterPortal } from './shell.tsx';

/** Where a person with several clients lands. */
export function Portals() {
  const { words, boot } = useLook();
  const { entering, enter } = useEnterPortal();
  return (
    <>
      <Title>{words.portals}</Title>
      <Card>
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
      </Card>
    </>
  );
}
