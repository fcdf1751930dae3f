import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { type ReactNode, useEffect, useRef } from 'react';
import { OutOfReach } from '../api.ts';
import { ProblemDisplay } from './ProblemDisplay.tsx';
import { Sentence } from './Sentence.tsx';

interface Action {
  isPending: boolean;
  isSuccess: boolean;
  error: Error | null;
}

interface CommandStatusProps {
  action: Action;
  /** What is said when it has succeeded. */
  done: ReactNode;
  warnings?: readonly { sentence: string }[] | undefined;
  shownFields?: readonly string[];
  again?: (() => void) | undefined;
}

/** SMIT's command status: running, OK, failed, refused, out of reach. Its end is announced and brought into view. */
export function CommandStatus({ action, done, warnings = [], shownFields = [], again }: CommandStatusProps) {
  const here = useRef<HTMLDivElement>(null);
  const ended = action.isSuccess || action.error !== null;
  useEffect(() => {
    if (ended) here.current?.scrollIntoView?.({ block: 'nearest' });
  }, [ended]);
  return (
    <div ref={here} className="smit-command-status" aria-live="polite">
      {action.isPending ? <Alert component="p" isInline variant="info" title="Command: running" /> : null}
      {action.error && !action.isPending ? (
        <ProblemDisplay
          error={action.error}
          shownFields={shownFields}
          again={action.error instanceof OutOfReach ? again : undefined}
        />
      ) : null}
      {action.isSuccess ? (
        <Alert component="p" isInline variant={warnings.length > 0 ? 'warning' : 'success'} title="Command: OK">
          {done}
          <Warnings warnings={warnings} />
        </Alert>
      ) : null}
    </div>
  );
}

export function Warnings({ warnings }: { warnings: readonly { sentence: string }[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="smit-sentences">
      {warnings.map(({ sentence }) => (
        <li key={sentence}>
          <Sentence>{sentence}</Sentence>
        </li>
      ))}
    </ul>
  );
}
