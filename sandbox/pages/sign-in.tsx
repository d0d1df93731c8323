import { useEffect, useState } from 'react';
import { send } from './api.ts';
import { useAttempt } from './toasts.ts';

/** What the server says of a step: which comes next, that one is in, or why not. */
type Said<Step> = { readonly step: Step | 'done' } | { readonly step: 'refused'; readonly message: string };

/** Only ever a place on this site. */
const safeNext = (next: string | null): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

/** A sign-in of several steps; `take` sends one of them, and the page goes on to where the person wanted to be. */
export function useSignIn<Step extends string>(first: Step) {
  const attempt = useAttempt();
  const [step, setStep] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const query = new URLSearchParams(location.search);
  const take = (path: string, body: unknown): Promise<void> =>
    attempt(async () => {
      const said = await send<Said<Step>>('POST', path, body);
      setProblem('message' in said ? said.message : null);
      if (said.step === 'done') location.assign(safeNext(query.get('next')));
      else if (said.step !== 'refused') setStep(said.step);
    });
  return { step, problem, take, expired: query.has('expired') };
}

/** The frame of a challenge; what it says when it is solved is heard only from this site. */
export function Challenge({ title, onSolved }: { readonly title: string; readonly onSolved: () => void }) {
  useEffect(() => {
    const hear = ({ origin, data }: MessageEvent): void => {
      if (origin === location.origin && data === 'solved') onSolved();
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  });
  return <iframe title={title} src="/challenge" width="304" height="78" style={{ border: 0 }} />;
}
