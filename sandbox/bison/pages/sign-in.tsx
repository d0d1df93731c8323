import { useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import type { SignInStep } from '../shapes.ts';
import { send } from './api.ts';
import { TextField } from './controls.tsx';
import { Problem, useAttempt } from './dialog.tsx';
import { logo } from './logo.tsx';
import { Press, useLook } from './look.tsx';

/** Only ever a place on this site. */
const safeNext = (next: string | null): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

/** A password, then whatever the account is asked for. */
export function SignIn() {
  const { words } = useLook();
  const attempt = useAttempt();
  const [step, setStep] = useState<'password' | 'captcha' | 'code'>('password');
  const [problem, setProblem] = useState<string | null>(null);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const query = new URLSearchParams(location.search);

  const take = (path: string, body: unknown): Promise<void> =>
    attempt(async () => {
      const said = await send<SignInStep>('POST', path, body);
      setProblem(said.step === 'refused' ? said.message : null);
      if (said.step === 'done') location.assign(safeNext(query.get('next')));
      else if (said.step !== 'refused') setStep(said.step);
    });

  return (
    <main className="sign-in">
      <div className="card">
        <div className="brand">
          {logo}
          <b>EmailBison</b>
        </div>
        {step === 'password' ? (
          <Step
            title={words.signInTitle}
            action={words.signIn}
            onSend={() => take('/web/sign-in', { email, password })}
          >
            {query.has('expired') && !problem ? (
              <p className="hint">Your session has expired. Please sign in again.</p>
            ) : null}
            <TextField label={words.email} type="email" value={email} onChange={setEmail} autoFocus />
            <TextField label={words.password} type="password" value={password} onChange={setPassword} />
          </Step>
        ) : null}
        {step === 'captcha' ? <Challenge onSolved={() => void take('/web/sign-in/challenge', {})} /> : null}
        {step === 'code' ? (
          <Step title="Two-factor authentication" action="Verify" onSend={() => take('/web/sign-in/code', { code })}>
            <p className="hint">Enter the 6-digit code from your authenticator app.</p>
            <TextField label="Authentication code" value={code} onChange={setCode} autoFocus />
          </Step>
        ) : null}
        {problem ? <Problem>{problem}</Problem> : null}
      </div>
    </main>
  );
}

function Step({
  title,
  action,
  onSend,
  children,
}: {
  readonly title: string;
  readonly action: string;
  readonly onSend: () => Promise<void>;
  readonly children: ReactNode;
}) {
  return (
    <form
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void onSend();
      }}
    >
      <h1>{title}</h1>
      {children}
      <Press kind="primary" type="submit">
        {action}
      </Press>
    </form>
  );
}

function Challenge({ onSolved }: { readonly onSolved: () => void }) {
  useEffect(() => {
    const hear = ({ origin, data }: MessageEvent): void => {
      if (origin === location.origin && data === 'solved') onSolved();
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  });
  return (
    <>
      <h1>Checking your browser</h1>
      <iframe className="challenge" title="Security challenge (CAPTCHA)" src="/challenge" />
    </>
  );
}
