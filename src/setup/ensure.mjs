// Plain JavaScript without dependencies: it runs before there are any. Makes sure that Node, the packages and (with
// --browser) a Chromium are there, installs what is missing and says what it took.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const quiet = process.argv.includes('--quiet');
// Standard output belongs to the command that follows (`leadops windows --json` is read by programs).
const say = (/** @type {string} */ text) => quiet || process.stderr.write(`set-up: ${text}\n`);

function fail(/** @type {string} */ text) {
  process.stderr.write(`set-up: ${text}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old; LeadOps needs 20.19, 22 or 24. Nothing was installed.`);
  }
}

function packages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const mark = join(root, 'node_modules', '.leadops-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would empty the folder of another checkout.
    fail(
      'node_modules is a link, and what it leads to is not what package-lock.json wants. Nothing was installed; remove the link and start again.',
    );
  }
  say('installing packages with npm ci (a minute or two on an empty cache) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // npm's own words go to standard error too, for the same reason as ours.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) fail('npm ci failed (its words are above). Check the network or the registry and try again.');
  writeFileSync(mark, wanted);
  say('packages installed');
}

/** @returns {string | undefined} */
function onPath(/** @type {string[]} */ names) {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

async function playwrightsOwn() {
  const { chromium } = await import(pathToFileURL(join(root, 'node_modules', 'playwright', 'index.mjs')).href);
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) fail(`CHROMIUM_PATH is ${named}, and there is no such file. Correct it or unset it.`);
    return { path: named, from: 'CHROMIUM_PATH' };
  }
  const own = await playwrightsOwn();
  if (own) return { path: own, from: "Playwright's own" };
  const system = onPath(systemNames);
  return system ? { path: system, from: 'the system' } : undefined;
}

/** A system package only as root, in CI, or after asking. */
async function mayInstallSystemPackage() {
  if (process.getuid?.() === 0 || process.env.CI) return true;
  if (!process.stdin.isTTY) return false;
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question('set-up: install the system package "chromium" with apt (sudo)? [y/N] ');
  ask.close();
  return /^y/i.test(answer);
}

async function installBrowser() {
  say("no Chromium found; downloading Playwright's own …");
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  const download = spawnSync(process.execPath, [cli, 'install', 'chromium'], { encoding: 'utf8', timeout: 600_000 });
  if (download.status === 0) return;
  say("Playwright's download was refused here; trying the system's package manager …");
  if (!onPath(['apt-get'])) {
    fail('no Chromium could be installed. Install Chromium or Chrome and set CHROMIUM_PATH to its program file.');
  }
  if (!(await mayInstallSystemPackage())) {
    fail('no Chromium. Run "sudo apt-get install chromium", or set CHROMIUM_PATH to a Chrome or Chromium.');
  }
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (/** @type {string[]} */ ...words) => {
    const [program = 'apt-get', ...rest] = [...sudo, 'apt-get', ...words];
    execFileSync(program, rest, {
      stdio: ['ignore', 'ignore', 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  try {
    apt('install', '-y', '--no-install-recommends', 'chromium');
  } catch {
    apt('update', '-qq');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  }
}

async function browser() {
  const note = join(root, 'node_modules', '.leadops-browser');
  let found = await findBrowser();
  if (!found) {
    await installBrowser();
    found = await findBrowser();
  }
  if (!found) return fail('a Chromium was installed but cannot be found. Set CHROMIUM_PATH to its program file.');
  const line = `Chromium: ${found.path} (${found.from})`;
  if (!existsSync(note) || readFileSync(note, 'utf8') !== line) {
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, line);
  }
  say(line);
}

checkNode();
packages();
if (process.argv.includes('--browser')) await browser();
