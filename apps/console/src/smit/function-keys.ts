import { useEffect, useRef } from 'react';

export const FUNCTION_KEYS = { refresh: 'F2', cancel: 'F3', reset: 'F5', command: 'F6' } as const;
export type FunctionName = keyof typeof FUNCTION_KEYS;
export type Functions = { [Name in FunctionName]?: (() => void) | undefined };

const ESCAPE_THEN_DIGIT_MS = 1_500;

/** The function keys themselves, and Esc followed by the digit where a browser or a terminal keeps them to itself. */
export function useFunctionKeys(functions: Functions): void {
  const latest = useRef(functions);
  latest.current = functions;
  useEffect(() => {
    let escapedAt = Number.NEGATIVE_INFINITY;
    const pressed = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector('[role="dialog"]')) return;
      if (event.key === 'Escape') {
        escapedAt = event.timeStamp;
        return;
      }
      const key = event.timeStamp - escapedAt < ESCAPE_THEN_DIGIT_MS && /^\d$/.test(event.key) ? `F${event.key}` : event.key;
      escapedAt = Number.NEGATIVE_INFINITY;
      for (const [name, its] of Object.entries(FUNCTION_KEYS)) {
        const run = latest.current[name as FunctionName];
        if (its !== key || !run) continue;
        event.preventDefault();
        run();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
