import { useState } from 'react';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { send } from '../../pages/api.ts';
import { usePath } from '../../pages/router.tsx';
import { useAttempt, useToast } from '../../pages/toasts.ts';
import { useLoad } from '../../pages/use-load.ts';
import { day } from '../../pages/words.ts';
import type { CampaignView, Page, PersonRow } from '../shapes.ts';
import { AddContacts } from './add-contacts.tsx';
import { CampaignSettings } from './campaign-settings.tsx';
import { People } from './contacts.tsx';
import { useLook } from './look.tsx';
import { Dialog, Problem } from './parts/dialog.tsx';
import { TextField } from './parts/fields.tsx';
import { Card, Figures, Hint, Link, State, Tabs, Title } from './parts/page.tsx';
import { MenuButton, type Entry } from './parts/press.tsx';

/** A campaign: how many it reaches, who they are, what it is set to, and what can be done with it. */
export function Campaign({ id }: { readonly id: string }) {
  const { words } = useLook();
  const attempt = useAttempt();
  const toast = useToast();
  const [asking, setAsking] = useState<'rename' | 'add' | null>(null);
  const { data, problem, reload } = useLoad<CampaignView>(`/web/campaigns/${id}`);
  const tab = usePath().split('/')[3] ?? '';
  if (problem) return <Problem>{problem}</Problem>;
  if (!data) return <Hint>Loading…</Hint>;

  const toggle = (): void =>
    void attempt(async () => {
      await send('POST', `/web/campaigns/${id}/status`);
      await reload();
    });
  const items: readonly Entry[] = [
    { label: words.addMore, onPick: () => setAsking('add') },
    { label: words.rename, onPick: () => setAsking('rename') },
    ...(data.status === 'active' ? [{ label: words.pause, onPick: toggle }] : []),
    ...(data.status === 'paused' ? [{ label: words.resume, onPick: toggle }] : []),
  ];
  const save = async (change: Pick<CampaignView, 'name' | 'settings'>, said: string): Promise<void> => {
    await send('PUT', `/web/campaigns/${id}`, change);
    toast(said);
    await reload();
  };
  return (
    <>
      <Title
        crumbs={[<Link to="/campaigns">{words.campaigns}</Link>, `#${id}`]}
        beside={
          <>
            <State state={data.status} />
            <MenuButton kind="primary" items={items}>
              {words.actions}
            </MenuButton>
          </>
        }
      >
        {data.name}
      </Title>
      <Tabs
        here={tab === '' ? `/campaigns/${id}` : `/campaigns/${id}/${tab}`}
        tabs={[
          { to: `/campaigns/${id}`, label: words.overview },
          { to: `/campaigns/${id}/contacts`, label: words.contacts },
          { to: `/campaigns/${id}/settings`, label: words.settings },
        ]}
      />
      {tab === '' ? <Overview campaign={data} /> : null}
      {tab === 'contacts' ? <CampaignContacts id={id} /> : null}
      {tab === 'settings' ? (
        <CampaignSettings
          settings={data.settings}
          onSave={(settings) => save({ name: data.name, settings }, 'Settings saved.')}
        />
      ) : null}
      {asking === 'add' ? (
        <AddContacts campaignId={id} onClose={() => setAsking(null)} onAdded={() => void reload()} />
      ) : null}
      {asking === 'rename' ? (
        <Rename
          name={data.name}
          onClose={() => setAsking(null)}
          onSave={(name) => save({ name, settings: data.settings }, 'Campaign renamed.')}
        />
      ) : null}
    </>
  );
}

function Overview({ campaign }: { readonly campaign: CampaignView }) {
  const { words } = useLook();
  const { totalLeads, contacted, bounced, unsubscribed, settings, createdAt, tags } = campaign;
  return (
    <>
      <Card>
        <Figures
          figures={[
            { label: words.totalLeads, value: totalLeads },
            { label: words.contacted, value: contacted },
            { label: words.bounced, value: bounced },
            { label: words.unsubscribed, value: unsubscribed },
          ]}
        />
      </Card>
      <Card>
        <Figures
          figures={[
            { label: words.maxEmails, value: settings.max_emails_per_day },
            { label: words.maxNewLeads, value: settings.max_new_leads_per_day },
            { label: words.created, value: day(createdAt) },
          ]}
        />
        {tags.length > 0 ? (
          <Stack direction="row" spacing={1} sx={{ mt: 2 }}>
            {tags.map((tag) => (
              <Chip key={tag} label={tag} size="small" variant="outlined" />
            ))}
          </Stack>
        ) : null}
      </Card>
    </>
  );
}

function CampaignContacts({ id }: { readonly id: string }) {
  const [page, setPage] = useState(1);
  const { data } = useLoad<Page<PersonRow>>(`/web/campaigns/${id}/contacts?page=${page}`);
  return <Card>{data ? <People page={data} onTurn={setPage} /> : <Hint>Loading…</Hint>}</Card>;
}

function Rename({
  name,
  onSave,
  onClose,
}: {
  readonly name: string;
  readonly onSave: (name: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { words } = useLook();
  const [value, setValue] = useState(name);
  return (
    <Dialog
      title={words.rename}
      action={words.save}
      ready={value.trim() !== ''}
      onSend={() => onSave(value.trim())}
      onClose={onClose}
    >
      <TextField label={words.campaignName} value={value} onChange={setValue} autoFocus />
    </Dialog>
  );
}
