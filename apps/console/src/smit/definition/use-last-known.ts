import { useState } from 'react';

/** What was there last under this name: a form whose entry somebody else has deleted keeps what is typed into it. */
export function useLastKnown<Value>(name: string | undefined, value: Value | null | undefined): Value | undefined {
  const [last, setLast] = useState<{ name: string | undefined; value: Value }>();
  if (value !== undefined && value !== null && (last?.value !== value || last.name !== name)) setLast({ name, value });
  return value ?? (last?.name === name ? last?.value : undefined);
}
