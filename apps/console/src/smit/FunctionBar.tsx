import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FUNCTION_KEYS, type FunctionName, type Functions } from './function-keys.ts';

export interface Enter {
  label: string;
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  danger?: boolean | undefined;
  /** The form that it submits, or what it does. */
  form?: string | undefined;
  run?: (() => void) | undefined;
}

const LABELS: Record<FunctionName, string> = { refresh: 'Refresh', cancel: 'Cancel', reset: 'Reset', command: 'Command' };

export function FunctionBar({ functions, enter }: { functions: Functions; enter?: Enter | undefined }) {
  return (
    <div className="smit-function-bar" role="toolbar" aria-label="Functions of this panel">
      {(Object.keys(LABELS) as FunctionName[]).map((name) => {
        const run = functions[name];
        return run ? (
          <Button key={name} variant="plain" size="sm" onClick={run} className="smit-function">
            <kbd>{FUNCTION_KEYS[name]}</kbd> {LABELS[name]}
          </Button>
        ) : null;
      })}
      {enter ? (
        <Button
          className="smit-enter"
          variant={enter.danger ? 'danger' : 'primary'}
          size="sm"
          isDisabled={enter.disabled === true || enter.busy === true}
          isLoading={enter.busy === true}
          {...(enter.form ? { type: 'submit' as const, form: enter.form } : {})}
          {...(enter.run ? { onClick: enter.run } : {})}
        >
          <kbd>Enter</kbd> {enter.label}
        </Button>
      ) : null}
    </div>
  );
}
