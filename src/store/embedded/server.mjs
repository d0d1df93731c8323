// The embedded database: Supabase Lite on PGlite, in a process of its own because PGlite works synchronously and would
// starve the app's timers. Plain JavaScript: it starts in half the time.
//
//   node server.mjs <folder> <migrations folder> [postgres url]
//
// Writes <folder>/database.json when it answers. Whoever uses it keeps a connection to its `hold` port; when nobody has
// for a while it ends, so that a killed app leaves no database behind and a restarted one finds it still warm.
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
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const graceMs = 5_000;
const [folder = '', migrations = '', postgresUrl] = process.argv.slice(2);
mkdirSync(folder, { recursive: true, mode: 0o700 });
process.chdir(folder);
process.env.LITE_TELEMETRY = '0';
process.env.EXPERIMENTAL_STORAGE = '1';
process.env.NO_COLOR = '1';

/** One server a folder. A second one leaves; the first is, or will be, in database.json. */
function takeLock() {
  const lock = 'server.pid';
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return;
  } catch {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (isServer(holder)) process.exit(0);
  }
  // Left by one that was killed. Renaming is atomic: of two that find it, one wins.
  try {
    renameSync(lock, `${lock}.${process.pid}`);
    rmSync(`${lock}.${process.pid}`);
  } catch {
    process.exit(0);
  }
  takeLock();
}

function isServer(/** @type {number} */ pid) {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A number can be given again: on Linux, look at what runs under it.
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, 'utf8').includes('server.mjs');
}

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
  const up = spawnSync(process.execPath, [cli, 'migration', 'up'], { encoding: 'utf8' });
  if (up.status !== 0 || up.stdout.includes('Migration failed') || up.stderr.includes('Migration failed')) {
    process.stderr.write(`${up.stdout}\n${up.stderr}\nThe database's migrations failed; nothing was started.\n`);
    rmSync('server.pid', { force: true });
    process.exit(1);
  }
  writeFileSync(applied, wanted);
}

/** Ends the server when nobody has held it for a while. */
function holdPort() {
  let holders = 0;
  let end = setTimeout(leave, 60_000);
  const server = createServer((socket) => {
    holders += 1;
    clearTimeout(end);
    socket.on('error', () => undefined);
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
 * way just then is lost. The users of the database let go first (undici: one second before the time the server names).
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
  rmSync('server.pid', { force: true });
  process.exit(0);
}

takeLock();
const before = existsSync('port') ? Number(readFileSync('port', 'utf8')) : 0;
const port = await freePort(before);
writeFileSync('port', String(port));
configure(port);
const cli = fileURLToPath(new URL('./cli/index.js', import.meta.resolve('@supabase/lite')));
migrate(cli);
await mendDownloads();
keepConnections();
const hold = await holdPort();
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
writeFileSync('database.json.new', JSON.stringify({ pid: process.pid, url, hold }), { mode: 0o600 });
renameSync('database.json.new', 'database.json');
