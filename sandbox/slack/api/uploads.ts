import { addMessage, fileJson, findChannel } from '../messages.ts';
import { isObject } from '../blocks/rules.ts';
import type { SlackFile } from '../types.ts';
import type { World } from '../world.ts';
import { needed, structure, text } from './args.ts';
import type { Methods } from './router.ts';
import { Refusal } from './refusal.ts';

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
  zip: 'application/zip',
};

/** The three steps of an upload, as `filesUploadV2` takes them; the bytes go to `upload_url` in between. */
export const uploads: Methods = {
  'files.getUploadURLExternal': (world, args) => {
    const name = needed(args, 'filename');
    if (!(Number(needed(args, 'length')) > 0)) {
      throw new Refusal('invalid_arguments', ['must be greater than 0 [json-pointer:/length]']);
    }
    const file: SlackFile = {
      id: world.id('F'),
      name,
      title: name,
      mimetype: types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
      created: Math.floor(world.settings.now() / 1000),
      user: world.settings.app.botUser,
      bytes: Buffer.alloc(0),
      shares: new Map(),
    };
    world.files.set(file.id, file);
    return { upload_url: `${world.url}/upload/v1/${file.id}`, file_id: file.id };
  },

  'files.completeUploadExternal': (world, args) => {
    const given = structure(args, 'files', 'invalid_arguments');
    if (!Array.isArray(given) || given.length === 0) throw new Refusal('invalid_arguments');
    const files = given.filter(isObject).map((entry) => {
      const file = world.files.get(String(entry['id']));
      if (!file || file.bytes.length === 0) throw new Refusal('file_not_found');
      if (typeof entry['title'] === 'string') file.title = entry['title'];
      return file;
    });
    const target = text(args, 'channel_id');
    if (target !== '') share(world, files, target, text(args, 'initial_comment'), text(args, 'thread_ts'));
    return { files: files.map((file) => fileJson(world, file)) };
  },

  'files.info': (world, args) => {
    const file = world.files.get(needed(args, 'file'));
    if (!file) throw new Refusal('file_not_found');
    return { file: fileJson(world, file), comments: [], response_metadata: { next_cursor: '' } };
  },
};

function share(world: World, files: readonly SlackFile[], target: string, comment: string, threadTs: string): void {
  const channel = findChannel(world, target);
  if (!channel) throw new Refusal('channel_not_found');
  const { botUser, botId } = world.settings.app;
  if (!channel.members.has(botUser)) throw new Refusal('not_in_channel');
  const message = addMessage(world, {
    channel: channel.id,
    user: botUser,
    botId,
    text: comment,
    threadTs: threadTs || undefined,
    files: files.map((file) => file.id),
  });
  for (const file of files) file.shares.set(channel.id, [...(file.shares.get(channel.id) ?? []), message.ts]);
  world.stats.files += files.length;
}
