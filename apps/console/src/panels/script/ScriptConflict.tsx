import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { LineDiff } from '../../smit/script/LineDiff.tsx';
import type { ScriptForm, ScriptText } from './script-form.ts';

interface ScriptConflictProps {
  form: ScriptForm;
  theirs: ScriptText;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** Somebody saved the script meanwhile: what they changed, line by line, while what is typed still stands below. */
export function ScriptConflict({ form, theirs, keepMine, takeTheirs }: ScriptConflictProps) {
  const bothText = form.base.text !== form.typed.text && form.base.text !== theirs.text;
  return (
    <Alert
      component="p"
      isInline
      role="alert"
      variant="warning"
      title="Somebody saved this script meanwhile. What you typed is still here."
      actionLinks={
        <>
          <Button variant="secondary" size="sm" onClick={keepMine}>
            {bothText ? 'Keep my text, drop theirs' : 'Keep my changes, take theirs elsewhere'}
          </Button>
          <Button variant="link" size="sm" onClick={takeTheirs}>
            Take theirs, drop mine
          </Button>
        </>
      }
    >
      {theirs.remark === form.base.remark ? null : <p>Their description: {theirs.remark === '' ? '(empty)' : theirs.remark}</p>}
      <p>What they changed:</p>
      <LineDiff label="What they changed" before={form.base.text} after={theirs.text} same="The text is as it was." />
    </Alert>
  );
}
