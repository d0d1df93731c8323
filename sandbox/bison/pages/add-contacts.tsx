import { useState } from 'react';
import { send } from '../../pages/api.ts';
import { useToast } from '../../pages/toasts.ts';
import { useLoad } from '../../pages/use-load.ts';
import { count, day } from '../../pages/words.ts';
import type { ListRow } from '../shapes.ts';
import { useLook } from './look.tsx';
import { Dialog } from './parts/dialog.tsx';
import { Pick } from './parts/fields.tsx';

/** Picks a list, newest first; two of one name differ by their counts and dates. */
export function AddContacts({
  campaignId,
  onClose,
  onAdded,
}: {
  readonly campaignId: string;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { words } = useLook();
  const toast = useToast();
  const [listId, setListId] = useState('');
  const { data } = useLoad<readonly ListRow[]>('/web/list-choices');
  const choices = (data ?? []).map(({ id, name, contacts, createdAt }) => ({
    value: String(id),
    label: `${name} · ${count(contacts)} contacts · ${day(createdAt)}`,
  }));
  const add = async (): Promise<void> => {
    const { message } = await send<{ message: string }>('POST', `/web/campaigns/${campaignId}/lists`, { listId });
    toast(message);
    onAdded();
  };
  return (
    <Dialog title={words.addMore} action={words.add} ready={listId !== ''} onSend={add} onClose={onClose}>
      <Pick
        label={words.contactList}
        value={listId}
        choices={[{ value: '', label: words.chooseList }, ...choices]}
        onChange={setListId}
      />
    </Dialog>
  );
}
