import type { Memo } from './memo.ts';
import { isShown, parentOf, textOf } from './sight.ts';

/** What covers the page and must be dealt with first; `null` where nothing does. Runs inside the page. */
export function topModal(memo: Memo): Element | null {
  const declared = [...document.querySelectorAll('dialog[open],[aria-modal=true]')].filter(
    (element) => isShown(element, memo) && (element.localName !== 'dialog' || element.matches(':modal')),
  );
  const last = declared.at(-1);
  if (last) return last;
  const backdrop = coverOf(memo);
  if (!backdrop) return null;
  if (textOf(backdrop, memo) !== '') return backdrop;
  let middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (middle && middle !== backdrop) {
    const parent = parentOf(middle);
    if (!parent || parent.contains(backdrop)) return middle === document.body ? null : middle;
    middle = parent;
  }
  // The dialog is not in the middle: the largest thing laid beside its backdrop (a menu of it may lie there too).
  const laid = [...(backdrop.parentElement?.children ?? [])].filter(
    (element) =>
      element !== backdrop && /fixed|absolute/.test(getComputedStyle(element).position) && isShown(element, memo),
  );
  const area = (element: Element) => element.getBoundingClientRect().width * element.getBoundingClientRect().height;
  return laid.sort((a, b) => area(b) - area(a))[0] ?? null;
}

/** What is laid over the whole window: hit at a corner, as large as the window, and not the page itself. */
export function coverOf(memo: Memo): Element | null {
  const controls = document.querySelectorAll('input,button,a,select').length;
  for (const [x, y] of [
    [3, 3],
    [innerWidth - 3, 3],
    [3, innerHeight - 3],
    [innerWidth - 3, innerHeight - 3],
  ]) {
    for (let hit = document.elementFromPoint(x ?? 0, y ?? 0); hit && hit !== document.body; hit = parentOf(hit)) {
      const box = hit.getBoundingClientRect();
      const covers = box.width >= innerWidth - 20 && box.height >= innerHeight - 4 && box.top <= 2 && box.left <= 2;
      if (!covers || !/fixed|absolute/.test(getComputedStyle(hit).position) || !isShown(hit, memo)) continue;
      if (hit.querySelectorAll('input,button,a,select').length > controls * 0.8) continue;
      return hit;
    }
  }
  return null;
}

/**
 * The page is not whole yet, or something turns, fills up, or says that it is at work. What turns in a cell of a table, or beside a percentage, is at
 * work on its row or column: the page itself can be used meanwhile, for hours.
 */
export function isBusy(memo: Memo): boolean {
  // A page that is only half painted may show its "Back" link before its content.
  if (document.readyState === 'loading') return true;
  const ofAPart =
    'td:not([colspan]),th,[role=gridcell],[role=cell],[role=columnheader],[role=rowheader],[role=progressbar][aria-valuenow]';
  const signs =
    '[aria-busy=true],progress:not([value]),[role=progressbar]:not([aria-valuenow]),[class*=spinner i],[class*=loader i],' +
    '[class*=loading i],[class*=skeleton i]';
  for (const sign of document.querySelectorAll(signs)) {
    if (sign.closest(ofAPart) || !isShown(sign, memo)) continue;
    if (sign.getAttribute('aria-busy') === 'true' || sign.matches('progress,[role=progressbar]')) return true;
    const text = textOf(sign, memo);
    if (text === '' || /(loading|searching|counting|please wait|working|one moment|fetching)/i.test(text)) {
      if (sign !== document.body && sign !== document.documentElement && text.length < 80) return true;
    }
  }
  for (const status of document.querySelectorAll('[role=status],[aria-live],button[disabled],[role=alert]')) {
    const text = textOf(status, memo);
    const waits =
      /^(loading|searching|counting|calculating|please wait|working|one moment|fetching|running your search)\b/i;
    if (text.length < 80 && waits.test(text) && isShown(status, memo)) return true;
  }
  return false;
}

/** What the page tells a person just now: error boxes, alerts, toasts. */
export function alertsOf(memo: Memo): readonly string[] {
  const boxes =
    '[role=alert],[aria-live=assertive],[class*=error i],[class*=alert i],[class*=danger i],[class*=toast i],' +
    '[class*=warning i],[class*=notification i],[class*=flash i],[class*=message i],[class*=invalid-feedback i]';
  const texts = new Set<string>();
  for (const box of document.querySelectorAll(boxes)) {
    if (box.matches('input,select,textarea,body,html,form') || !isShown(box, memo)) continue;
    const text = textOf(box, memo);
    if (text !== '' && text.length < 400) texts.add(text);
    if (texts.size >= 12) break;
  }
  return [...texts];
}

/** A challenge a person must solve. The badge of a silent reCAPTCHA in a corner does not count. */
export function isCaptcha(memo: Memo): boolean {
  const frames = 'iframe[src*=captcha i],iframe[src*=turnstile i],iframe[title*=captcha i],iframe[src*=arkose i]';
  const boxes =
    '.g-recaptcha,.h-captcha,.cf-turnstile,[class*=captcha i],[id*=captcha i],[name*=captcha i],img[alt*=captcha i]';
  for (const sign of document.querySelectorAll(`${frames},${boxes}`)) {
    if (sign.closest('.grecaptcha-badge') || sign.matches('input[type=hidden],body,html,form,script,style')) continue;
    const box = sign.getBoundingClientRect();
    if (box.width >= 60 && box.height >= 18 && isShown(sign, memo)) return true;
  }
  return false;
}
