import type { ComponentView } from '@fallover/contract';
import { visible } from '../../smit/ansi.ts';

/** What an event would run now, in order; the directory is read anew when it begins. */
export function ToBeRun({ component: { scripts, running, waiting, mode } }: { component: ComponentView }) {
  const enabled = scripts.filter(({ enabled }) => enabled);
  const passed = scripts.length - enabled.length;
  const before = (running ? 1 : 0) + waiting.length;
  return (
    <section aria-label="What would be run">
      {before === 0 ? null : (
        <p>
          {running ? `${running.event} runs now` : 'Another event waits'}: this one waits until{' '}
          {before === 1 ? 'it is' : `${before} events are`} over, unless what runs is monitor, which is ended for it.
        </p>
      )}
      {mode === 'driven' ? <p>Fallover drives this component: it runs events of its own before and after this one.</p> : null}
      {enabled.length === 0 ? <p>No script is enabled: the event does nothing, and succeeds.</p> : null}
      {enabled.length === 0 ? null : (
        <>
          <p>{enabled.length === 1 ? 'One script is run:' : `${enabled.length} scripts are run, in this order:`}</p>
          <ol className="component-order">
            {enabled.map(({ file, name, fault }) => (
              <li key={file}>
                <span className="smit-event-name">{visible(name)}</span>
                {fault === undefined ? null : <span className="smit-warning"> {visible(fault)}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
      {passed === 0 ? null : (
        <p className="smit-quiet">{passed === 1 ? 'One script is DISABLED' : `${passed} scripts are DISABLED`} and not run.</p>
      )}
    </section>
  );
}
