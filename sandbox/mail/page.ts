import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { markup, type Markup } from '../markup.ts';
import type { KeptAttachment, KeptMail } from './inbox.ts';

/** Written by us: safe to put into a page as it is. */
const asIs = (name: string): Markup => ({ markup: readFileSync(new URL(name, import.meta.url), 'utf8') });
const style = asIs('./mail.css');
/** Loads the page anew when a mail has come, and fits the frame of an HTML mail. */
const script = asIs('./mail.js');

/** Rows of a table that are shown; the file itself is a click away. */
const rowsShown = 50;

const clock = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'America/New_York',
});

/** The inbox, the newest mail first, with one of them open. */
export function mailPage(mails: readonly KeptMail[], open: KeptMail | undefined): string {
  return page(
    open ? open.subject : 'Inbox',
    mails.length,
    markup`<nav aria-label="Mails">${mails.length === 0 && markup`<p class="none">Nothing has come yet.</p>`}
      <ol>${mails.map((mail) => item(mail, mail === open))}</ol></nav>
      <main>${open ? letter(open) : markup`<p class="none">A mail that comes is shown here.</p>`}</main>`,
  );
}

export function notFoundPage(): string {
  return page('Not found', 0, markup`<main><p class="none">There is no such mail. <a href="/">Inbox</a></p></main>`);
}

function page(title: string, count: number, content: Markup): string {
  return markup`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Mail</title>
    <link rel="icon" href="data:," />
    <style>${style}</style>
  </head>
  <body data-count="${count}">
    <header><a href="/"><span class="mark" aria-hidden="true">✉</span> Inbox</a>
      <p>${count === 1 ? '1 mail' : `${count} mails`} taken by the stand-in mail server</p></header>
    <div class="desk">${content}</div>
    <script>${script}</script>
  </body>
</html>`.markup;
}

function item(mail: KeptMail, isOpen: boolean): Markup {
  return markup`<li><a href="/mails/${mail.number}"${isOpen && markup` aria-current="page"`}>
    <span class="from">${senderName(mail.from)}</span>
    <time datetime="${mail.at}">${clock.format(new Date(mail.at))}</time>
    <span class="subject">${mail.subject}</span>
    <span class="about">${people(mail.recipients.length)}${
      mail.attachments.length > 0 && ` · ${mail.attachments.map(({ name }) => name).join(', ')}`
    }</span>
  </a></li>`;
}

function letter(mail: KeptMail): Markup {
  return markup`<article>
    <h1>${mail.subject}</h1>
    <dl>
      <dt>From</dt><dd>${mail.from}</dd>
      <dt>To</dt><dd>${mail.recipients.join(', ')}</dd>
      <dt>Came</dt><dd><time datetime="${mail.at}">${clock.format(new Date(mail.at))}, New York</time></dd>
      <dt>Message-ID</dt><dd><code>${mail.messageId}</code></dd>
    </dl>
    <p class="badges">
      ${mail.encrypted ? markup`<span class="good">encrypted</span>` : markup`<span>in clear text</span>`}
      ${mail.answered ? markup`<span class="good">sender told</span>` : markup`<span class="bad">sender not told</span>`}
    </p>
    ${body(mail)}
    ${mail.attachments.map((attachment, place) => enclosed(mail, attachment, place))}
  </article>`;
}

/** HTML is somebody else's: shown in a frame where nothing runs; of this origin, so that its height can be asked. */
function body({ html, text, subject }: KeptMail): Markup {
  return html === ''
    ? markup`<pre class="body">${text}</pre>`
    : markup`<iframe class="body" title="${subject}" sandbox="allow-same-origin" srcdoc="${html}"></iframe>`;
}

function enclosed(mail: KeptMail, { name, type, bytes, sha256, content }: KeptAttachment, place: number): Markup {
  return markup`<section aria-label="${name}">
    <h2><a href="/mails/${mail.number}/attachments/${place}">${name}</a> <small>${size(bytes)} · ${type}</small></h2>
    <p class="sum">SHA-256 <code>${sha256}</code></p>
    ${type === 'text/csv' && table(content)}
  </section>`;
}

/** A CSV as people see it. */
function table(content: Buffer): Markup {
  const [head = [], ...rows] = parse(content, { relax_column_count: true, bom: true });
  const left = rows.length - rowsShown;
  return markup`<div class="sheet" tabindex="0"><table>
      <thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
      <tbody>${rows
        .slice(0, rowsShown)
        .map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
    </table></div>
    <p class="sum">${rows.length === 1 ? '1 row' : `${rows.length} rows`}, ${head.length} columns${
      left > 0 && `; ${left} more in the file`
    }</p>`;
}

function senderName(from: string): string {
  return /^(.+?)\s*<.*>$/.exec(from)?.[1] ?? from;
}

const people = (count: number) => (count === 1 ? '1 recipient' : `${count} recipients`);

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
}
