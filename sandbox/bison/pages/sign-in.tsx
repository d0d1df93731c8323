import { useState, type ReactNode, type SubmitEvent } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Challenge, useSignIn } from '../../pages/sign-in.tsx';
import { useLook } from './look.tsx';
import { Problem } from './parts/dialog.tsx';
import { TextField } from './parts/fields.tsx';
import { Hint } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { Brand } from './shell.tsx';

/** A password, then whatever the account is asked for. */
export function SignIn() {
  const { words } = useLook();
  const { step, problem, take, expired } = useSignIn<'password' | 'captcha' | 'code'>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 400px)',
        placeContent: 'center',
        p: 2,
        background: 'linear-gradient(160deg, #eef2ff, #fafafa 55%)',
      }}
    >
      <Paper elevation={3} sx={{ p: 4, borderRadius: 3 }}>
        <Brand />
        {step === 'password' ? (
          <Step
            title={words.signInTitle}
            action={words.signIn}
            onSend={() => take('/web/sign-in', { email, password })}
          >
            {expired && !problem ? <Hint>Your session has expired. Please sign in again.</Hint> : null}
            <TextField label={words.email} type="email" value={email} onChange={setEmail} autoFocus />
            <TextField label={words.password} type="password" value={password} onChange={setPassword} />
          </Step>
        ) : null}
        {step === 'captcha' ? (
          <>
            <Typography variant="h6" component="h1" sx={{ my: 2 }}>
              Checking your browser
            </Typography>
            <Challenge title="Security challenge (CAPTCHA)" onSolved={() => void take('/web/sign-in/challenge', {})} />
          </>
        ) : null}
        {step === 'code' ? (
          <Step title="Two-factor authentication" action="Verify" onSend={() => take('/web/sign-in/code', { code })}>
            <Hint>Enter the 6-digit code from your authenticator app.</Hint>
            <TextField label="Authentication code" value={code} onChange={setCode} autoFocus />
          </Step>
        ) : null}
        {problem ? <Problem>{problem}</Problem> : null}
      </Paper>
    </Box>
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
      <Typography variant="h6" component="h1" sx={{ mt: 2, mb: 2 }}>
        {title}
      </Typography>
      <Stack spacing={2}>
        {children}
        <Press kind="primary" type="submit">
          {action}
        </Press>
      </Stack>
    </form>
  );
}
