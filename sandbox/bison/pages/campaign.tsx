import { useState } from 'react';
import type { CampaignView, Page, PersonRow } from '../shapes.ts';
import { AddContacts } from './add-contacts.tsx';
import { send } from './api.ts';
import { CampaignSettings } from './campaign-settings.tsx';
import { People } from './contacts.tsx';
import { TextField } from './controls.tsx';
import { Dialog, Problem, useAttempt, useToast } from './dialog.tsx';
import { Chip, day, Figures, useLook } from './look.tsx';
import { MenuButton, type MenuItem } from './menu.tsx';
import { Link, usePath } from './router.tsx';
import { useLoad } from './use-load.ts';

/** A campaign: how many it reaches, who they are, what it is set to, and what can be done with it. */
export function Campaign({ id }: { readonly id: string }) {
  const { words } = useLook();
  const attempt = useAttempt();
  const toast = useToast();
  const [asking, setAsking] = useState<'rename' | 'add' | null>(null);
  const { data, problem, reload } = useLoad<CampaignView>(`/web/campaigns/${id}`);
  const tab = usePath().split('/')[3] ?? '';
  if (problem) return <Problem>{problem}</Problem>;
  if (!data) return <p className="empty">Loading…</p>;

  const toggle = (): void =>
    void attempt(async () => {
      await send('POST', `/web/campaigns/${id}/status`);
      reload();
    });
  const items: readonly MenuItem[] = [
    { label: words.addMore, onPick: () => setAsking('add') },
    { label: words.rename, onPick: () => setAsking('rename') },
    ...(data.status === 'active' ? [{ label: words.pause, onPick: toggle }] : []),
    ...(data.status === 'paused' ? [{ label: words.resume, onPick: toggle }] : []),
  ];
  const save = async (change: Pick<CampaignView, 'name' | 'settings'>, said: string): Promise<void> => {
    await send('PUT', `/web/campaigns/${id}`, change);
    toast(said);
    reload();
  };
  return (
    <>
      <p className="crumbs">
        <Link to="/campaigns">{words.campaigns}</Link> / #{id}
      </p>
      <div className="head">
        <h1>{data.name}</h1>
        <Chip state={data.status} />
        <span className="gap" />
        <MenuButton kind="primary" items={items}>
          {words.actions}
        </MenuButton>
      </div>
      <div className="tabs">
        <Link to={`/campaigns/${id}`} className="tab" here={tab === ''}>
          {words.overview}
        </Link>
        <Link to={`/campaigns/${id}/contacts`} className="tab" here={tab === 'contacts'}>
          {words.contacts}
        </Link>
        <Link to={`/campaigns/${id}/settings`} className="tab" here={tab === 'settings'}>
          {words.settings}
        </Link>
      </div>
      {tab === '' ? <Overview campaign={data} /> : null}
      {tab === 'contacts' ? <CampaignContacts id={id} /> : null}
      {tab === 'settings' ? (
        <CampaignSettings
          settings={data.settings}
          onSave={(settings) => save({ name: data.name, settings }, 'Settings saved.')}
        />
      ) : null}
      {asking === 'add' ? <AddContacts campaignId={id} onClose={() => setAsking(null)} onAdded={reload} /> : null}
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
      <div className="card">
        <Figures
          figures={[
            { label: words.totalLeads, value: totalLeads },
            { label: words.contacted, value: contacted },
            { label: words.bounced, value: bounced },
            { label: words.unsubscribed, value: unsubscribed },
          ]}
        />
      </div>
      <div className="card">
        <Figures
          figures={[
            { label: words.maxEmails, value: settings.max_emails_per_day },
            { label: words.maxNewLeads, value: settings.max_new_leads_per_day },
            { label: words.created, value: day(createdAt) },
          ]}
        />
        {tags.length > 0 ? (
          <p className="tags">
            {tags.map((tag) => (
              <span key={tag} className="chip">
                {tag}
              </span>
            ))}
          </p>
        ) : null}
      </div>
    </>
  );
}

function CampaignContacts({ id }: { readonly id: string }) {
  const [page, setPage] = useState(1);
  const { data } = useLoad<Page<PersonRow>>(`/web/campaigns/${id}/contacts?page=${page}`);
  return (
    <div className="card">{data ? <People page={data} onTurn={setPage} /> : <p className="empty">Loading…</p>}</div>
  );
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
