import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

export type FilePlace = { readonly channel: string; readonly threadTs: string | null; readonly name: string };

const Uploaded = z.object({ files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })) });

/** Uploads a file into a thread, or a channel; answers its id at Slack. */
export async function postFile(slack: WebClient, place: FilePlace, text: string, bytes: Buffer): Promise<string> {
  const { channel, threadTs, name } = place;
  const what = { channel_id: channel, file: bytes, filename: name, title: name, initial_comment: text };
  const answer = await slack.filesUploadV2(threadTs === null ? what : { ...what, thread_ts: threadTs });
  return Uploaded.parse(answer).files[0]?.files[0]?.id ?? '';
}

const Posted = z.object({
  files: z
    .array(z.object({ id: z.string(), name: z.string().nullish() }))
    .optional()
    .catch(undefined),
});

/** The id of a file of that name that is in Slack although the answer to its upload was lost. */
export async function findFile(slack: WebClient, { channel, threadTs, name }: FilePlace): Promise<string | undefined> {
  const page =
    threadTs === null
      ? await slack.conversations.history({ channel, limit: 200 })
      : await slack.conversations.replies({ channel, ts: threadTs, limit: 200 });
  const files = (page.messages ?? []).flatMap((message) => Posted.parse(message).files ?? []);
  return files.find((file) => file.name === name)?.id;
}
