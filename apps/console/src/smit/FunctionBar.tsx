import type { Endpoint } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { FUNCTION_KEYS, FUNCTION_NAMES, type Functions } from './function-keys.ts';

export interface Enter {
  label: string;
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  danger?: boolean | undefined;
  /** What it asks of the cluster manager; who may not ask that sees why instead of the button. */
  needs?: Endpoint | undefined;
  /** The form that it submits, or what it does. */
  form?: string | undefined;
  run?: (() => void) | undefined;
}

interface FunctionBarProps {
  functions: Functions;
  enter?: Enter | undefined;
  /** Why Enter=Do is not there. */
  forbidden?: string | undefined;
  keySheet: () => void;
}

export function FunctionBar({ functions, enter, forbidden, keySheet }: FunctionBarProps) {
  const [focused, setFocused] = useState(false);
  const disabled = enter?.disabled === true;
  return (
    <div className="smit-function-bar" role="toolbar" aria-label="Functions of this panel">
      {FUNCTION_NAMES.map((name) => {
        const run = functions[name];
        const { key, label } = FUNCTION_KEYS[name];
        return run ? (
          <Button
            key={name}
            variant="plain"
            size="sm"
            onClick={run}
            className="smit-function"
            aria-keyshortcuts={key}
            title={`${key}, or Esc and then ${key.slice(1)}`}
            // The field that has the focus is the one that is asked about.
            onMouseDown={(event) => event.preventDefault()}
          >
            <kbd>{key}</kbd> {label}
          </Button>
        ) : null;
      })}
      <Button
        variant="plain"
        size="sm"
        onClick={keySheet}
        className="smit-function"
        aria-keyshortcuts="?"
        title="All keys of this panel"
      >
        <kbd>?</kbd> Keys
      </Button>
      {enter && forbidden ? (
        <span className="smit-enter-forbidden">
          “{enter.label}” {forbidden}.
        </span>
      ) : null}
      {enter && !forbidden ? (
        <Button
          className="smit-enter"
          variant={enter.danger ? 'danger' : 'primary'}
          size="sm"
          // A button that is disabled while it has the focus would lose it.
          isDisabled={disabled && !focused}
          isAriaDisabled={enter.busy === true || (disabled && focused)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          isLoading={enter.busy === true}
          aria-keyshortcuts="Control+Enter"
          {...(enter.form ? { type: 'submit' as const, form: enter.form } : {})}
          {...(enter.run ? { onClick: enter.run } : {})}
        >
          <kbd>Enter</kbd> {enter.label}
        </Button>
      ) : null}
    </div>
  );
}
