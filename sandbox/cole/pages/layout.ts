import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';

export type Frame = {
  readonly skin: Skin;
  readonly title: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Who is signed in. */
  readonly user?: string;
  readonly body: Part;
  /** Where the page's script waits for something to end. */
  readonly poll?: string;
};

export function page({ skin, title, today, user, body, poll }: Frame): string {
  const nav = user
    ? markup`<ul class="tabs"><li><a href="/Home">${skin.say('home')}</a></li><li><a href="/Search/New">${skin.say('newSearch')}</a></li>
        <li><a href="/Home#recent">${skin.say('recent')}</a></li><li><a href="/Help">Help</a></li></ul>`
    : markup`<ul class="tabs"><li><a href="/Account/Login">${skin.say('home')}</a></li><li><a href="/Help">Help</a></li></ul>`;
  const account =
    user && markup`<span class="user">${user}</span> | <a href="/Account/Logout">${skin.say('logOut')}</a>`;
  const whole = markup`<html lang="en" data-prefix="${skin.prefix}"><head><meta charset="utf-8">
    <title>${title} - ${skin.say('brand')}</title>
    <link rel="stylesheet" href="/Content/site.css"><script src="/Scripts/site.js" defer></script></head>
    <body${poll && markup` data-poll="${poll}"`}>
    <div class="top"><div class="inside"><div class="logo">${logo(skin)}</div>
      <div class="account">${longDay(today)} ${account && markup` | ${account}`}</div></div></div>
    <div class="bar" role="navigation" aria-label="Main"><div class="inside">${nav}</div></div>
    <div class="inside content" role="main">${body}</div>
    <div class="foot"><div class="inside">Stand-in for development: every household on this site is invented.
      &nbsp;|&nbsp; Terms of Use &nbsp;|&nbsp; Privacy &nbsp;|&nbsp; Customer Service 1-800-555-0100</div></div>
    </body></html>`;
  return `<!DOCTYPE html>\n${skin.dress(whole.markup)}`;
}

function logo(skin: Skin): Markup {
  return skin.custom
    ? markup`<span class="mark">X</span>${skin.say('brand')}`
    : markup`<span class="mark">X</span>Cole <b>X Dates</b><span class="tag">Homeowner purchase anniversaries</span>`;
}

function longDay(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-US', {
    timeZone: 'UTC',
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  });
}
