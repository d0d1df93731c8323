import express, { type Express, type Request } from 'express';
import type { Faults } from './faults.ts';
import type { SlackFile } from './types.ts';
import type { World } from './world.ts';

/** The addresses that carry bytes: the upload of a file, and its two downloads (with the app's token, or as a person). */
export function fileAddresses(app: Express, world: World, faults: Faults): void {
  app.post('/upload/v1/:id', express.raw({ type: () => true, limit: '64mb' }), async (request, response) => {
    const file = world.files.get(request.params.id);
    const spoil = faults.next('upload');
    if (spoil?.kind === 'status') return void response.status(spoil.status).send('upload failed');
    if (spoil?.kind === 'cut') return void request.socket.destroy();
    if (!file) return void response.status(404).send('file_not_found');
    file.bytes = await bytesOf(request);
    world.settings.heard(`file ${file.name}`, file.bytes);
    response.type('text/plain').send(`OK - ${file.bytes.length}`);
  });

  app.get('/files-pri/:key/:name', (request, response) => {
    const file = world.files.get(request.params.key.slice(world.settings.team.id.length + 1));
    if (request.headers.authorization !== `Bearer ${world.settings.botToken}`) return void response.sendStatus(403);
    if (!file) return void response.sendStatus(404);
    response.type(file.mimetype).send(file.bytes);
  });

  app.get('/client/files/:id/:name', (request, response) => {
    const file = world.files.get(request.params.id);
    const { user = '' } = request.query as { user?: string };
    if (!file || !mayRead(world, file, user)) return void response.sendStatus(404);
    response.type(file.mimetype).attachment(file.name).send(file.bytes);
  });
}

const mayRead = (world: World, file: SlackFile, user: string) =>
  [...file.shares.keys()].some((channel) => world.channels.get(channel)?.members.has(user));

/** The SDK sends a form with one file in it, other clients the bare bytes. */
async function bytesOf(request: Request): Promise<Buffer> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  for (const part of form.values()) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  }
  return Buffer.alloc(0);
}
