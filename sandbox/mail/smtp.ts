import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { take, type MailFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';

export type SmtpOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** Without one anybody may send. */
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly inbox: Inbox;
  readonly faults: () => MailFaults;
};

export type Smtp = {
  readonly port: number;
  /** Ends every connection: those that wait for an answer in vain among them. */
  hangUp(): void;
  close(): Promise<void>;
};

type Done = (error?: Error | null) => void;

/** A mail server as the `smtp-server` package makes one: ESMTP with PIPELINING, and STARTTLS with its own certificate. */
export async function startSmtp({ port, login, inbox, faults }: SmtpOptions): Promise<Smtp> {
  const sockets = new Map<number, Socket>();
  const refuse = (reason: string, code: number, words: string): Error => {
    inbox.refuse(reason);
    return Object.assign(new Error(words), { responseCode: code });
  };
  const cut = ({ remotePort }: SMTPServerSession) => sockets.get(remotePort)?.destroy();

  const server = new SMTPServer({
    banner: 'stand-in',
    // Explicitly none: its warning about the built-in certificate is for those who would use it in earnest.
    logger: false,
    authOptional: login === null,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect(session, done: Done) {
      inbox.connection();
      if (take(faults(), 'busy')) return done(refuse('busy', 421, 'Too many connections, come back later'));
      if (faults().tlsOff) session.disabledCommands = ['STARTTLS'];
      done();
    },
    onAuth(auth, _session, done) {
      const right = login !== null && auth.username === login.user && auth.password === login.pass;
      if (right && !faults().wrongLogin) done(null, { user: auth.username });
      else done(refuse('login', 535, 'Authentication failed'));
    },
    onMailFrom(_address, _session, done: Done) {
      done(faults().refuseSender ? refuse('sender', 550, 'Sender not allowed') : null);
    },
    onRcptTo({ address }, session, done: Done) {
      if (take(faults(), 'closeBeforeData')) {
        inbox.refuse('closed');
        cut(session);
        return;
      }
      const code = faults().refuse[address.toLowerCase()];
      if (code === undefined) return done();
      const words = code >= 500 ? 'No such mailbox here' : 'Mailbox busy, try again later';
      done(refuse(code >= 500 ? 'recipient' : 'recipient for now', code, words));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const { rejectMessage } = faults();
        if (rejectMessage > 0) return done(refuse('message', rejectMessage, 'Message not taken'));
        const hangs = take(faults(), 'hangAfterData');
        const closes = !hangs && take(faults(), 'closeAfterData');
        const { mailFrom, rcptTo } = session.envelope;
        void inbox
          .keep({
            raw: Buffer.concat(chunks),
            sender: mailFrom ? mailFrom.address : '',
            recipients: rcptTo.map(({ address }) => address.toLowerCase()),
            encrypted: session.secure,
            answered: !hangs && !closes,
          })
          .then(() => {
            if (closes) cut(session);
            else if (!hangs) done(null, 'OK: taken');
          });
      });
    },
  });
  // A client that hangs up is no error of ours.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const hangUp = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  return {
    // A server that listens on a port has an address of this form.
    port: (server.server.address() as AddressInfo).port,
    hangUp,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        hangUp();
      }),
  };
}
