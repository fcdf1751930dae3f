import { disableComponentScript, enableComponentScript, commandLine as linesOf } from '@fallover/contract';
import { useAction } from '../../live/use-action.ts';
import { visible } from '../../smit/ansi.ts';
import { VERIFICATION } from '../../smit/components/queries.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';

export interface Enabling {
  script: string;
  enable: boolean;
  /** What it does. */
  sentence: string;
}

interface EnableScriptProps {
  component: string;
  enabling: Enabling;
  close: () => void;
  /** What was done. */
  done: (sentence: string) => void;
}

/** Asks before a script is enabled or disabled, and says what that does to which file. */
export function EnableScript({ component, enabling: { script, enable, sentence }, close, done }: EnableScriptProps) {
  const endpoint = enable ? enableComponentScript : disableComponentScript;
  const action = useAction(endpoint, ['components', VERIFICATION], (reply) => done(reply.sentence));
  const parameters = { component, script };
  const [line = ''] = linesOf(enable ? 'enableComponentScript' : 'disableComponentScript', { parameters });
  return (
    <ConfirmDialog
      title={`${enable ? 'Enable' : 'Disable'} ${visible(script)}?`}
      confirm={enable ? 'Enable' : 'Disable'}
      busy={action.isPending}
      close={close}
      run={() => action.mutate({ parameters })}
    >
      <p>
        {visible(sentence)} {enable ? 'It is run from the next event on.' : 'It is not run from the next event on.'} An event that
        runs now is not ended.
      </p>
      <pre className="smit-command">{line}</pre>
      {action.error ? <ProblemDisplay error={action.error} /> : null}
    </ConfirmDialog>
  );
}
