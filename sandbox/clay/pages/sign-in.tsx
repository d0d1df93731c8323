import { useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import type { SignInStep } from '../shapes.ts';
import { send } from './api.ts';
import { useAttempt } from './dialog.tsx';
import { logo } from './icons.tsx';
import { Press } from './look.tsx';

type Step = 'email' | 'password' | 'captcha' | 'code';
const titles: Readonly<Record<Step, string>> = {
  email: 'Sign in to Clay',
  password: 'Enter your password',
  captcha: 'Verify you are human',
  code: 'Two-factor authentication',
};

/** E-mail, then password, then whatever the workspace asks for. */
export function SignIn() {
  const [step, setStep] = useState<Step>('email');
  const [email, setEmail] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const attempt = useAttempt();
  const query = new URLSearchParams(location.search);

  const take = (path: string, body: unknown): Promise<void> =>
    attempt(async () => {
      const said = await send<SignInStep>('POST', `/api/sign-in/${path}`, body);
      if (said.step === 'refused') return setMessage(said.message);
      setMessage(null);
      if (said.step === 'done') location.assign(safeNext(query.get('next')));
      else setStep(said.step);
    });

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="brand">
          {logo}
          <b>clay</b>
        </div>
        <h1>{titles[step]}</h1>
        {query.has('expired') && step === 'email' ? (
          <p className="hint">Your session has expired. Please sign in again.</p>
        ) : null}
        {step === 'email' ? (
          <Ask
            label="Email"
            type="email"
            action="Continue"
            onSend={(value) => {
              setEmail(value);
              void take('email', { email: value });
            }}
          />
        ) : null}
        {step === 'password' ? (
          <>
            <p className="hint">{email}</p>
            <Ask
              label="Password"
              type="password"
              action="Sign in"
              onSend={(value) => void take('password', { password: value })}
            />
          </>
        ) : null}
        {step === 'captcha' ? <Challenge onSolved={() => void take('challenge', {})} /> : null}
        {step === 'code' ? (
          <>
            <p className="hint">Enter the 6-digit code from your authenticator app.</p>
            <Ask
              label="Verification code"
              type="text"
              action="Verify"
              onSend={(value) => void take('code', { code: value })}
            />
          </>
        ) : null}
        {message ? (
          <p className="problem" role="alert">
            {message}
          </p>
        ) : null}
      </div>
      <p className="small">By signing in you agree to the Terms of Service and Privacy Policy.</p>
    </main>
  );
}

/** Only ever a place on this site. */
const safeNext = (next: string | null): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

function Ask({
  label,
  type,
  action,
  onSend,
}: {
  readonly label: string;
  readonly type: 'email' | 'password' | 'text';
  readonly action: string;
  readonly onSend: (value: string) => void;
}): ReactNode {
  const [value, setValue] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSend(value);
  };
  return (
    <form onSubmit={submit} noValidate>
      <label className="field">
        <span>{label}</span>
        <input
          key={label}
          type={type}
          name={label.toLowerCase()}
          autoFocus
          autoComplete={type === 'text' ? 'one-time-code' : undefined}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
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
  return <iframe className="challenge" title="reCAPTCHA" src="/challenge" />;
}
