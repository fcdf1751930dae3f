import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { skipToken, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { OutOfReach } from '../api.ts';
import { LEAVING, sessionQuery } from '../live/queries.ts';
import { PanelLoading } from '../smit/PanelLoading.tsx';
import { ProblemDisplay } from '../smit/ProblemDisplay.tsx';
import { FrontPage } from './FrontPage.tsx';
import { SignedOutDialog } from './SignedOutDialog.tsx';
import { SignInForm } from './SignInForm.tsx';

/** What a visitor sees: who is signed in sees the console; who is signed out in the middle keeps the panel behind a dialog. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery({ ...sessionQuery, refetchInterval: ({ state }) => (state.data ? false : 2_000) });
  const leaving = useQuery({ queryKey: LEAVING, queryFn: skipToken }).data === true;
  const wasSignedIn = useRef(false);
  if (session.data === undefined) {
    if (!session.isError) return <PanelLoading />;
    return (
      <FrontPage title="Reconnecting">
        <ProblemDisplay error={session.error} again={() => void session.refetch()} />
        {session.error instanceof OutOfReach ? <p className="smit-help">This page tries again every two seconds.</p> : null}
      </FrontPage>
    );
  }
  const { principal, setUpNeeded, cluster } = session.data;
  if (principal) wasSignedIn.current = true;
  else if (setUpNeeded) return <SetUpNeeded again={() => void session.refetch()} />;
  else if (!wasSignedIn.current)
    return (
      <FrontPage title="Sign in" cluster={cluster}>
        <SignInForm />
      </FrontPage>
    );
  return (
    <>
      {children}
      {principal || leaving ? null : <SignedOutDialog />}
    </>
  );
}

function SetUpNeeded({ again }: { again: () => void }) {
  return (
    <FrontPage title="Create the administrator first">
      <p>
        The first start printed a set-up URL that ends in <code>/setup#…</code>. Open it in this browser; it works once. If it is
        lost, stop Fallover and start it again: it prints a new one.
      </p>
      <Button variant="secondary" onClick={again}>
        It is done, go on
      </Button>
    </FrontPage>
  );
}
