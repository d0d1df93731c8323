// The embedded database: Supabase Lite on PGlite, in a process of its own because PGlite works synchronously and would
// starve the app's timers. Plain JavaScript: it starts in half the time.
//
//   node server.mjs <data folder>/database <migrations folder> [postgres url]
//
// Writes database.json into its folder when it answers. Whoever uses it keeps a connection to its `hold` port; when nobody
// has for a while it ends, so that a killed app leaves no database behind and a restarted one finds it still warm.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { Server } from 'node:http';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { thisPlace } from '../../place.mjs';
import { copyDatabase } from './copy.mjs';
import { makeDurable, makeFilesDurable, syncAll } from './durable.mjs';
import { lockFolder, takenCode } from './lock.mjs';
import { keepQuiet, kindOf } from './quiet.mjs';
import { finishRestore } from './swap.mjs';

const graceMs = 5_000;
const [folder = '', migrations = '', postgresUrl] = process.argv.slice(2);
const dataDir = dirname(folder);
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
// One server a folder. A second one leaves; the first is, or will be, in database.json.
const lock = lockFolder(dataDir);
if (lock === null) process.exit(takenCode);
finishRestore(dataDir);
mkdirSync(folder, { recursive: true, mode: 0o700 });
process.chdir(folder);
// The file of a server that was killed is stale.
for (const left of ['database.json', 'server.pid']) rmSync(left, { force: true });
const place = thisPlace();
writeFileSync('owner.json', JSON.stringify({ ...place, pid: process.pid, since: new Date().toISOString() }), {
  mode: 0o600,
});
const log = keepQuiet('server.log', () => (existsSync('keys.json') ? Object.values(keys()) : []));
process.on('uncaughtException', (error) => {
  log.say(kindOf(error));
  process.exit(1);
});
process.env.LITE_TELEMETRY = '0';
process.env.EXPERIMENTAL_STORAGE = '1';
process.env.NO_COLOR = '1';

/** @returns {Promise<number>} */
function freePort(wanted = 0) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(freePort()));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function keys() {
  if (!existsSync('keys.json')) {
    const word = () => randomBytes(24).toString('base64url');
    const made = {
      secret: `sb_secret_${word()}`,
      publishable: `sb_publishable_${word()}`,
      jwt: randomBytes(48).toString('base64url'),
    };
    writeFileSync('keys.json', JSON.stringify(made), { mode: 0o600 });
  }
  return /** @type {{ secret: string, publishable: string, jwt: string }} */ (
    JSON.parse(readFileSync('keys.json', 'utf8'))
  );
}

function configure(/** @type {number} */ port) {
  const { secret, publishable, jwt } = keys();
  const database = postgresUrl
    ? `driver = "postgres"\nurl = ${JSON.stringify(postgresUrl)}`
    : 'driver = "pglite"\nurl = "data"';
  mkdirSync(join('supabase', 'migrations'), { recursive: true });
  writeFileSync(
    join('supabase', 'config.toml'),
    `[api]\nport = ${port}\n[db]\n${database}\n[auth]\nenabled = true\nenable_signup = false\njwt_secret = "${jwt}"\n` +
      `publishable_key = "${publishable}"\nsecret_key = "${secret}"\n[storage]\nenabled = true\n`,
    { mode: 0o600 },
  );
}

function migrate(/** @type {string} */ cli) {
  const files = readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const applied = 'applied.json';
  const wanted = JSON.stringify(files);
  if (existsSync(applied) && readFileSync(applied, 'utf8') === wanted) return;
  for (const name of files) copyFileSync(join(migrations, name), join('supabase', 'migrations', name));
  // The child process inherits the lock, so that no other server can take the folder while the child still works, even
  // if this process is killed.
  const up = spawnSync(process.execPath, ['--import', durably, cli, 'migration', 'up'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', lock],
  });
  if (up.status !== 0 || up.stdout.includes('Migration failed') || up.stderr.includes('Migration failed')) {
    process.stderr.write(`${up.stdout}\n${up.stderr}\nThe database's migrations failed; nothing was started.\n`);
    process.exit(1);
  }
  // A new database's files are made without fsync.
  if (!postgresUrl) syncAll('.');
  writeFileSync(applied, wanted);
}

/**
 * Ends the server when nobody has held it for a while. Whoever connects is told the server's name first: a port can be
 * somebody else's by now, or mean another machine's. A line that begins with the password is an order.
 *
 * @param {{ name: string, password: string }} words
 */
function holdPort({ name, password }) {
  let holders = 0;
  let end = setTimeout(leave, 60_000);
  const server = createServer((socket) => {
    holders += 1;
    clearTimeout(end);
    socket.on('error', () => undefined);
    socket.write(`${name}\n`);
    let line = '';
    socket.on('data', (bytes) => {
      line += bytes.toString();
      if (!line.endsWith('\n')) return;
      const [word, order = '', ...rest] = line.trimEnd().split(' ');
      line = '';
      if (word === password) void obey(order, rest.join(' ')).then((answer) => socket.write(`${answer}\n`));
    });
    socket.on('close', () => {
      holders -= 1;
      if (holders === 0) end = setTimeout(leave, graceMs);
    });
  });
  return /** @type {Promise<number>} */ (
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    })
  );
}

/**
 * @param {string} order
 * @param {string} target
 * @returns {Promise<string>} `done`, or what went wrong, on one line
 */
async function obey(order, target) {
  if (order === 'stop') leave();
  if (order !== 'copy') return 'unknown order';
  if (!database) return 'this database is not an embedded one';
  try {
    await database.query('CHECKPOINT');
    copyDatabase('.', target);
    return 'done';
  } catch (error) {
    log.say(error instanceof Error ? `copy: ${kindOf(error)}` : 'copy: failed');
    return error instanceof Error && 'code' in error ? String(error.code) : 'the copy failed';
  }
}

/**
 * Supabase Lite 0.10.0 sends a stored file as `FileHandle.readableWebStream()`. On Node 20 and 22 that gives ArrayBuffers,
 * which an HTTP answer cannot take, and every download breaks off after its headers; the byte form (Node 24's only one)
 * works everywhere.
 */
async function mendDownloads() {
  const handle = await open(fileURLToPath(import.meta.url));
  const prototype = Object.getPrototypeOf(handle);
  const asItWas = prototype.readableWebStream;
  prototype.readableWebStream = function readableWebStream(/** @type {object} */ options) {
    return asItWas.call(this, { ...options, type: 'bytes' });
  };
  await handle.close();
}

/**
 * Node closes a kept connection after five idle seconds, and PGlite may be busy for as long: the request that is on its
 * way just then is lost. So the client must close idle connections first (undici does, one second before the time the
 * server names).
 */
function keepConnections() {
  const { listen } = Server.prototype;
  Object.defineProperty(Server.prototype, 'listen', {
    /** @this {Server} */
    value(/** @type {unknown[]} */ ...where) {
      this.keepAliveTimeout = 600_000;
      return Reflect.apply(listen, this, where);
    },
  });
}

function leave() {
  rmSync('database.json', { force: true });
  process.exit(0);
}

/** @type {import('./durable.mjs').Database | undefined} */
let database;
const durably = new URL('./durably.mjs', import.meta.url).href;
const before = existsSync('port') ? Number(readFileSync('port', 'utf8')) : 0;
const port = await freePort(before);
writeFileSync('port', String(port));
configure(port);
const cli = fileURLToPath(new URL('./cli/index.js', import.meta.resolve('@supabase/lite')));
migrate(cli);
await mendDownloads();
keepConnections();
if (!postgresUrl) await makeDurable((opened) => (database = opened));
makeFilesDurable();
const words = { name: randomBytes(12).toString('base64url'), password: randomBytes(24).toString('base64url') };
const hold = await holdPort(words);
process.argv = [process.execPath, cli, 'start', '--no-admin'];
await import(pathToFileURL(cli).href);
const url = `http://127.0.0.1:${port}`;
for (;;) {
  const answer = await fetch(`${url}/rest/v1/clients?limit=0`, { headers: { apikey: keys().secret } }).catch(
    () => undefined,
  );
  if (answer?.ok) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
// Ctrl-C goes to the whole process group; the users of the database need it while they finish, and leaving is by `hold`.
process.removeAllListeners('SIGINT');
process.on('SIGINT', () => undefined);
process.removeAllListeners('SIGTERM');
process.on('SIGTERM', leave);
log.started();
log.say('ready');
writeFileSync('database.json.new', JSON.stringify({ url, hold, ...words }), { mode: 0o600 });
renameSync('database.json.new', 'database.json');
