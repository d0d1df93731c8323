import type { Frame } from 'playwright';
import { NeedsHuman } from '../../pipeline/errors.ts';
import { elementExpression } from '../browser/reader/index.ts';
import type { Seen } from '../browser/seen.ts';
import { elementOf } from '../browser/survey.ts';
import type { Handle, Surface } from '../browser/surface.ts';
import type { SignIn } from './credentials.ts';
import { photographed } from './refusal.ts';

/** What is typed while signing in, in the words of a card. */
export type Secret = 'user name' | 'password' | 'code';

/** Why nothing is typed; `origin` is what a person needs to know of the page that asked, and nothing more of its address. */
type Mistrust = { readonly kind: 'foreign' | 'sends elsewhere' | 'clear text'; readonly origin: string };

/** Types into a field of a sign-in page: the only place where a user name, a password or a code leaves us. */
export async function give(surface: Surface, how: SignIn, what: Secret, field: Seen, text: string): Promise<void> {
  const element = await elementOf(surface, field);
  await refuseMistrusted(surface, how, what, await mistrustOf(element, field, how));
  // The element belongs to the document that was looked at: another document in its frame makes this fail.
  await element.fill(text);
}

/**
 * Looks at where the fields are and where the form goes before the first letter is typed, or a person is asked for a code.
 * @throws NeedsHuman CHECK naming the origin that asked and the setting that would allow it
 */
export async function refuseForeignPage(
  surface: Surface,
  how: SignIn,
  what: Secret,
  fields: readonly Seen[],
  button: Seen | undefined,
): Promise<void> {
  await refuseMistrusted(surface, how, what, mistrustOfFrames(surface.page.mainFrame(), how));
  for (const seen of button ? [...fields, button] : fields) {
    await refuseMistrusted(surface, how, what, await mistrustOf(await elementOf(surface, seen), seen, how));
  }
}

async function mistrustOf(element: Handle, { id }: Seen, how: SignIn): Promise<Mistrust | null> {
  const frame = await element.ownerFrame();
  const ofFrames = mistrustOfFrames(frame, how);
  if (!frame || ofFrames) return ofFrames;
  for (const address of await frame.evaluate<readonly string[]>(destinationsExpression(id))) {
    const mistrust = mistrustOfOrigin(originOf(address), 'sends elsewhere', how);
    if (mistrust) return mistrust;
  }
  return null;
}

/** Of every frame from the field's up to the page. What the browser says of them: what a page says of itself proves nothing. */
function mistrustOfFrames(inner: Frame | null, how: SignIn): Mistrust | null {
  if (!inner) return { kind: 'foreign', origin: noAddress };
  for (let frame: Frame | null = inner; frame; frame = frame.parentFrame()) {
    const mistrust = mistrustOfOrigin(originOf(frame.url()), 'foreign', how);
    if (mistrust) return mistrust;
  }
  return null;
}

function mistrustOfOrigin(origin: string, kind: Mistrust['kind'], { trusted }: SignIn): Mistrust | null {
  if (origin !== originOf(trusted.url) && !trusted.allowed.includes(origin)) return { kind, origin };
  return isPrivate(origin) ? null : { kind: 'clear text', origin };
}

/**
 * Where the form of an element is sent: its own address, that of its first button (Enter presses it), that of the element
 * where it is a button. Read through the prototypes: a field named `action` would hide the form's own.
 */
const destinationsExpression = (id: number): string => `((element) => {
  const attribute = (of, name) => Element.prototype.getAttribute.call(of, name);
  const formOf = (of) => 'form' in of ? of.form : Element.prototype.closest.call(of, 'form');
  const form = formOf(element);
  if (!form) return [];
  const submits = (of) => of.localName === 'button' ? !/^(button|reset)$/i.test(attribute(of, 'type') ?? '') : of.localName === 'input' && /^(submit|image)$/i.test(attribute(of, 'type') ?? '');
  const root = Node.prototype.getRootNode.call(form);
  const all = [...(root instanceof Document ? Document : DocumentFragment).prototype.querySelectorAll.call(root, 'button, input')];
  const first = all.find((of) => submits(of) && of.form === form);
  const addresses = [attribute(form, 'action'), ...[first, element].map((of) => of && submits(of) ? attribute(of, 'formaction') : null)];
  return addresses.filter((one) => one !== null && one.trim() !== '' && !/^\\s*javascript:/i.test(one)).map((one) => {
    try { return new URL(one, element.baseURI).href; } catch { return 'about:invalid'; }
  });
})(${elementExpression(id)})`;

const noAddress = 'a page without an address';

/** `https://login.example:8443` of an address; `noAddress` for a page that has none (data:, blob:, about:). */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return noAddress;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? origin : noAddress;
}

/** Whether nobody can listen in between: https, or this machine itself. */
export function isPrivate(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/.test(hostname);
}

async function refuseMistrusted(surface: Surface, how: SignIn, what: Secret, mistrust: Mistrust | null): Promise<void> {
  if (mistrust === null) return;
  const { kind, origin } = mistrust;
  const { vendor } = surface;
  const own = originOf(how.trusted.url);
  surface.log.warn({ login: how.login, origin, what, kind }, 'nothing was typed: not the vendor’s own page');
  const message = {
    foreign: `${how.login}: ${origin} asks for the ${what}, and ${vendor} signs in at ${own}`,
    'sends elsewhere': `${how.login}: the page that asks for the ${what} would send it to ${origin}, and ${vendor} signs in at ${own}`,
    'clear text': `${how.login}: the ${what} would go to ${origin} without encryption`,
  }[kind];
  const setting = `${vendor.toUpperCase()}_URL`;
  throw new NeedsHuman('CHECK', `${message}. Nothing was typed.`, {
    todo:
      kind === 'clear text'
        ? `Set ${setting} to the vendor's https address; a password goes without encryption to this machine only.`
        : !isPrivate(origin)
          ? `Look at the picture. No setting allows this: a sign-in page has an https address. Ask ${vendor} where its sign-in is now.`
          : `Look at the picture. If ${vendor} does sign in there, add ${vendor}=${origin} to SIGN_IN_ORIGINS, start LeadOps again and press "Try again". If not, somebody is after the password, and ${vendor} should know.`,
    facts: { login: how.login, origin, ...(await photographed(how, [])) },
  });
}
