import { useState, type SubmitEvent } from 'react';
import Stack from '@mui/material/Stack';
import { useAttempt } from '../../pages/toasts.ts';
import type { CampaignSettings as Settings } from '../settings.ts';
import { useLook } from './look.tsx';
import { Switch, TextField } from './parts/fields.tsx';
import { Card } from './parts/page.tsx';
import { Press } from './parts/press.tsx';

/** The whole form is saved at once, as it stands. */
export function CampaignSettings({
  settings,
  onSave,
}: {
  readonly settings: Settings;
  readonly onSave: (settings: Settings) => Promise<void>;
}) {
  const { words } = useLook();
  const attempt = useAttempt();
  const [draft, setDraft] = useState(settings);
  const set = (change: Partial<Settings>): void => setDraft({ ...draft, ...change });
  return (
    <form
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void attempt(() => onSave(draft));
      }}
    >
      <Card>
        <Switch
          label={words.plainText}
          hint="Send emails without formatting."
          on={draft.plain_text}
          onChange={(on) => set({ plain_text: on })}
        />
        <Switch
          label={words.openTracking}
          hint="Add a pixel that tells when an email was opened."
          on={draft.open_tracking}
          onChange={(on) => set({ open_tracking: on })}
        />
        <Switch
          label={words.reputationBuilding}
          hint="Spam protection for your sender accounts."
          on={draft.reputation_building}
          onChange={(on) => set({ reputation_building: on })}
        />
        <Switch
          label={words.canUnsubscribe}
          hint="Let recipients unsubscribe with one click."
          on={draft.can_unsubscribe}
          onChange={(on) => set({ can_unsubscribe: on })}
        />
        <TextField
          label={words.unsubscribeText}
          value={draft.unsubscribe_text ?? ''}
          onChange={(text) => set({ unsubscribe_text: text === '' ? null : text })}
        />
        <Stack direction="row" spacing={2} sx={{ my: 2 }}>
          <TextField
            type="number"
            label={words.maxEmails}
            value={String(draft.max_emails_per_day)}
            onChange={(value) => set({ max_emails_per_day: Number(value) })}
          />
          <TextField
            type="number"
            label={words.maxNewLeads}
            value={String(draft.max_new_leads_per_day)}
            onChange={(value) => set({ max_new_leads_per_day: Number(value) })}
          />
        </Stack>
        <Press kind="primary" type="submit">
          {words.saveSettings}
        </Press>
      </Card>
    </form>
  );
}
