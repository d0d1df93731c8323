import { hash } from '../../kit.ts';
import { captchaAnswer } from '../settings.ts';
import { alert, checkBox, submit, textBox } from './controls.ts';
import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';

export function loginPage(skin: Skin, error: Part, notice: Part): Markup {
  return markup`<div class="columns"><div class="panel narrow"><h1>${skin.say('logInTitle')}</h1>${alert(error)}
    ${notice && markup`<div class="notice" role="status">${notice}</div>`}
    <form method="post" action="/Account/Login">
      ${textBox({ id: 'ctl00_Main_txtUserName', name: 'username', label: skin.say('username') }, { wide: true })}
      ${textBox({ id: 'ctl00_Main_txtPassword', name: 'password', label: skin.say('password') }, { type: 'password', wide: true })}
      ${checkBox({ id: 'ctl00_Main_chkRemember', name: 'remember', label: 'Remember my username' })}
      <div class="buttons">${submit(skin.say('logIn'))}<a href="/Help">Forgot your password?</a></div>
    </form></div>
    <div class="panel side"><h2>Reach homeowners before they renew</h2>
      <p>Purchase anniversaries for more than 80 million owner-occupied homes, with e-mail and cell phone.</p>
      <ul><li>Each state subscription has its own log in.</li><li>Counts are free. Downloads are limited in size.</li>
      <li>Data is refreshed every week.</li></ul></div></div>`;
}

export function verifyPage(skin: Skin, error: Part): Markup {
  return markup`<div class="panel narrow"><h1>${skin.say('verify')}</h1>${alert(error)}
    <p>We sent a 6-digit code to the e-mail address on file (d•••@example.com).</p>
    <form method="post" action="/Account/Verify">
      ${textBox({ id: 'ctl00_Main_txtCode', name: 'code', label: skin.say('code') })}
      <div class="buttons">${submit(skin.say('verifyButton'))}</div></form></div>`;
}

export function captchaPage(skin: Skin, error: Part): Markup {
  return markup`<div class="panel narrow"><h1>${skin.say('captcha')}</h1>${alert(error)}
    <form method="post" action="/Account/Check"><div class="picture">${picture()}</div>
      ${textBox({ id: 'ctl00_Main_txtCaptcha', name: 'answer', label: skin.say('captchaText') })}
      ${checkBox({ id: 'ctl00_Main_chkRobot', name: 'robot', label: skin.say('robot') })}
      <div class="buttons">${submit(skin.say('captchaButton'))}</div></form></div>`;
}

/** Letters as strokes of colour and tilt; what they are is for people to read. */
function picture(): Markup {
  const letters = captchaAnswer.split('').map((letter, index) => {
    const tilt = (hash('tilt', letter, index) % 60) - 30;
    return markup`<text x="${28 + index * 38}" y="${44 + (hash('drop', index) % 12)}" transform="rotate(${tilt} ${28 + index * 38} 44)"
      font-size="${30 + (hash('size', index) % 10)}" font-family="Georgia" fill="#35507a">${letter}</text>`;
  });
  const noise = Array.from({ length: 9 }, (_, index) => {
    const y = (hash('line', index) % 60) + 5;
    return markup`<path d="M0 ${y} Q 110 ${hash('bend', index) % 70} 220 ${70 - y}" stroke="#8aa" fill="none" stroke-width="1.2"/>`;
  });
  return markup`<svg role="img" aria-label="CAPTCHA picture" width="220" height="70" class="captcha">${noise}${letters}</svg>`;
}
