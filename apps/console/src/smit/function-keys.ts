import { useEffect, useRef } from 'react';
import { singleKeysAreOn } from './single-keys.ts';

/** SMIT's function bar, in its order. F4 is there where a field has a list. */
export const FUNCTION_KEYS = {
  help: { key: 'F1', label: 'Help' },
  refresh: { key: 'F2', label: 'Refresh' },
  cancel: { key: 'F3', label: 'Cancel' },
  list: { key: 'F4', label: 'List' },
  reset: { key: 'F5', label: 'Reset' },
  command: { key: 'F6', label: 'Command' },
  image: { key: 'F8', label: 'Image' },
} as const;
export type FunctionName = keyof typeof FUNCTION_KEYS;
export const FUNCTION_NAMES = Object.keys(FUNCTION_KEYS) as FunctionName[];
export type Functions = { [Name in FunctionName]?: (() => void) | undefined };

/** A single letter that a panel takes as a key of its own; it can be switched off with the others. */
export interface PanelKey {
  key: string;
  label: string;
  run: () => void;
}

export interface Keys {
  functions: Functions;
  /** Enter=Do, from wherever the focus is: Ctrl-Enter. */
  enter?: (() => void) | undefined;
  /** `?` */
  keySheet: () => void;
  panelKeys: readonly PanelKey[];
}

const ESCAPE_THEN_DIGIT_MS = 1_500;

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'timeStamp'>;

/** `F1` … from what is pressed: the key itself, or Esc and then the digit, which no browser keeps to itself. */
function newFunctionKeyReader(): (event: Pressed) => string | undefined {
  let escapedAt = Number.NEGATIVE_INFINITY;
  return ({ key, altKey, ctrlKey, metaKey, timeStamp }) => {
    const afterEscape = timeStamp - escapedAt < ESCAPE_THEN_DIGIT_MS;
    escapedAt = key === 'Escape' ? timeStamp : Number.NEGATIVE_INFINITY;
    if (altKey || ctrlKey || metaKey) return undefined;
    if (/^F\d+$/.test(key)) return key;
    return afterEscape && /^\d$/.test(key) ? `F${key}` : undefined;
  };
}

/** Whether a letter typed here is text, or chooses in a list. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]') !== null;

export const dialogIsOpen = (): boolean => document.querySelector('[aria-modal="true"]') !== null;

/** The keys of the panel that is shown. A dialog keeps its keys to itself while it is open. */
export function useFunctionKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const read = newFunctionKeyReader();
    const pressed = (event: KeyboardEvent): void => {
      if (dialogIsOpen()) return;
      const key = read(event);
      const run = actionOf(latest.current, event, key);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

function actionOf({ functions, enter, keySheet, panelKeys }: Keys, event: KeyboardEvent, key: string | undefined) {
  if (key) return functions[FUNCTION_NAMES.find((name) => FUNCTION_KEYS[name].key === key) as FunctionName];
  if (event.key === 'Enter' && event.ctrlKey) return enter;
  if (event.altKey || event.ctrlKey || event.metaKey || takesLetters(event.target) || !singleKeysAreOn()) return undefined;
  return event.key === '?' ? keySheet : panelKeys.find((one) => one.key === event.key)?.run;
}
