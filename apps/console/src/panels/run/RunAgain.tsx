import type { RunView } from '@fallover/contract';
import { Link } from 'react-router';

/** Leads to where an event is run, with the same event and arguments; nothing is started by that alone. */
export function RunAgain({ run: { event, args } }: { run: RunView }) {
  const search = new URLSearchParams([['event', event], ...args.map((arg) => ['arg', arg])]);
  return (
    <Link className="pf-v6-c-button pf-m-secondary pf-m-small" to={`/smit/cm_run_event?${search}`}>
      <span className="pf-v6-c-button__text">Run again …</span>
    </Link>
  );
}
