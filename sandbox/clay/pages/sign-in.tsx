import { useState, type SubmitEvent } from 'react';
import { Challenge, useSignIn } from '../../pages/sign-in.tsx';
import { logo } from './icons.tsx';
import { Press } from './look.tsx';

const titles = {
  email: 'Sign in to Clay',
  password: 'Enter your password',
  captcha: 'Verify you are human',
  code: 'Two-factor authentication',
} as const;

/** E-mail, then password, then whatever the workspace asks for. */
export function SignIn() {
  const { step, problem, take, expired } = useSignIn<keyof typeof titles>('email');
  const [email, setEmail] = useState('');
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="brand">
          {logo}
          <b>clay</b>
        </div>
        <h1>{titles[step]}</h1>
        {expired && step === 'email' ? <p className="hint">Your session has expired. Please sign in again.</p> : null}
        {step === 'email' ? (
          <Ask
            label="Email"
            type="email"
            action="Continue"
            onSend={(value) => {
              setEmail(value);
              void take('/api/sign-in/email', { email: value });
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
              onSend={(value) => void take('/api/sign-in/password', { password: value })}
            />
          </>
        ) : null}
        {step === 'captcha' ? (
          <Challenge title="reCAPTCHA" onSolved={() => void take('/api/sign-in/challenge', {})} />
        ) : null}
        {step === 'code' ? (
          <>
            <p className="hint">Enter the 6-digit code from your authenticator app.</p>
            <Ask
              label="Verification code"
              type="text"
              action="Verify"
              onSend={(value) => void take('/api/sign-in/code', { code: value })}
            />
          </>
        ) : null}
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <p className="small">By signing in you agree to the Terms of Service and Privacy Policy.</p>
    </main>
  );
}

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
}) {
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
