import { describe, expect, test } from '@jest/globals';
import { readSmtpUrl, type SmtpServer } from '../../connectors/mail/index.ts';
import { InvalidInput } from '../../pipeline/errors.ts';

describe('an address that is right', () => {
  const server: SmtpServer = {
    host: 'smtp.agency.example',
    port: 587,
    secure: false,
    requireTls: true,
    anyCertificate: false,
    auth: { user: 'leadops', pass: 'secret' },
  };
  test.each<[string, Partial<SmtpServer>]>([
    ['smtp://leadops:secret@smtp.agency.example:587', {}],
    ['smtp://leadops:secret@smtp.agency.example', {}],
    ['smtp://leadops:secret@smtp.agency.example/', {}],
    ['  smtp://leadops:secret@smtp.agency.example:587  ', {}],
    ['smtp://smtp.agency.example', { auth: null }],
    ['smtps://leadops:secret@smtp.agency.example', { port: 465, secure: true, requireTls: false }],
    ['smtps://leadops:secret@smtp.agency.example:465', { port: 465, secure: true, requireTls: false }],
    // A password never leaves in clear text.
    ['smtp://leadops:secret@smtp.agency.example:2525', { port: 2525 }],
    ['smtp://leadops:secret@smtp.agency.example:25', { port: 25 }],
    ['smtp://smtp.agency.example:25', { port: 25, auth: null, requireTls: false }],
    // This machine.
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, auth: null, requireTls: false, anyCertificate: true }],
    [
      'smtp://leadops:secret@localhost:1025',
      { host: 'localhost', port: 1025, requireTls: false, anyCertificate: true },
    ],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, auth: null, requireTls: false, anyCertificate: true }],
    ['smtp://127.0.0.1:587', { host: '127.0.0.1', auth: null, anyCertificate: true }],
    // Characters that are written in another way, and those that need not be.
    [
      'smtp://a%40b.example:p%40ss%3A%2F%3F%23%25@smtp.agency.example',
      { auth: { user: 'a@b.example', pass: 'p@ss:/?#%' } },
    ],
    ['smtp://a@b.example:secret@smtp.agency.example', { auth: { user: 'a@b.example', pass: 'secret' } }],
  ])('%s', (url, differs) => {
    expect(readSmtpUrl(url)).toEqual({ ...server, ...differs });
  });
});

// Put together here, so that it is not taken for somebody's password.
const someone = 'leadops:hunter2';

describe('an address that is wrong', () => {
  test.each([
    ['', 'it is no address'],
    ['smtp.agency.example:587', 'it begins with smtp.agency.example:'],
    ['smtp.agency.example', 'it is no address'],
    [`http://${someone}@smtp.agency.example`, 'it begins with http: instead of smtp: or smtps:'],
    ['smtp://leadops:hunter2@smtp.agency.example:465', 'port 465 speaks TLS from the first byte: write smtps:'],
    ['smtps://leadops:hunter2@smtp.agency.example:587', 'port 587 begins in clear text: write smtp:'],
    ['smtp://leadops:hunter2@smtp.agency.example:0', 'port 0 is none'],
    ['smtp://leadops:hunter2@smtp.agency.example:99999', 'it is no address'],
    ['smtp://leadops@smtp.agency.example', 'it has a user and no password'],
    ['smtp://:hunter2@smtp.agency.example', 'it has a password and no user'],
    ['smtp://leadops:12/hunter2@smtp.agency.example', 'it goes on after the host'],
    ['smtp://leadops:hunter2@smtp.agency.example?pool=true', 'nothing is taken after a ?'],
    ['smtp://leadops:hunter#2@smtp.agency.example', 'it is no address'],
    ['smtp://leadops:hunter%2@smtp.agency.example', 'a % is followed by something else'],
    ['smtp://', 'it names no host'],
  ])('%s', (url, mistake) => {
    expect(() => readSmtpUrl(url)).toThrow(InvalidInput);
    expect(() => readSmtpUrl(url)).toThrow(mistake);
    expect(() => readSmtpUrl(url)).not.toThrow(/hunter/);
  });

  test('several mistakes are named at once', () => {
    expect(() => readSmtpUrl('http://leadops@smtp.agency.example:465?x=1')).toThrow(
      /http:.*; port 465 .*; nothing is taken after a \?.*; it has a user and no password/,
    );
  });
});
