import type { ComponentView } from '@fallover/contract';
import { useQuery } from '@tanstack/react-query';
import { visible } from '../../smit/ansi.ts';
import { scriptState } from '../../smit/components/component-words.ts';
import { componentVerificationQuery } from '../../smit/components/queries.ts';

/** What an event would run now, in order; the directory is read anew when it begins. */
export function ToBeRun({ component }: { component: ComponentView }) {
  const { name: its, scripts, mode } = component;
  const findings = useQuery(componentVerificationQuery(its)).data?.findings ?? [];
  const states = scripts.map((script) => ({ ...script, ...scriptState(script, findings) }));
  const toRun = states.filter(({ says }) => says !== 'DISABLED');
  const disabled = states.length - toRun.length;
  return (
    <section className="component-to-be-run" aria-label="What would be run">
      <Before component={component} />
      {mode === 'driven' ? (
        <p>
          Fallover drives this component: startrecovery comes before a takeip or releaseip that you run, and recovered after it.
        </p>
      ) : null}
      {toRun.length === 0 ? (
        <p>No script is enabled: the event does nothing, and succeeds.</p>
      ) : (
        <>
          <p>{toRun.length === 1 ? 'One script is run:' : `${toRun.length} scripts are run, in this order:`}</p>
          <ol className="component-order">
            {toRun.map(({ file, name, why }) => (
              <li key={file}>
                <span className="smit-event-name">{visible(name)}</span>
                {why === undefined ? null : <span className="smit-warning"> fails: {visible(why)}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
      {disabled === 0 ? null : (
        <p className="smit-quiet">
          {disabled === 1 ? 'One script is DISABLED, and passed over.' : `${disabled} scripts are DISABLED, and passed over.`}
        </p>
      )}
    </section>
  );
}

/** What has to be over first. */
function Before({ component: { running, waiting } }: Pick<Parameters<typeof ToBeRun>[0], 'component'>) {
  if (!running && waiting.length === 0) return null;
  if (running?.event === 'monitor' && waiting.length === 0) return <p>The monitor that runs now is ended for it.</p>;
  const waits = waiting.length === 0 ? '' : ` ${waiting.length} more ${waiting.length === 1 ? 'waits' : 'wait'}.`;
  return (
    <p>
      {running ? `${visible(running.event)} runs now.` : ''}
      {waits} The event waits until they are over; a monitor would be cancelled at once.
    </p>
  );
}
