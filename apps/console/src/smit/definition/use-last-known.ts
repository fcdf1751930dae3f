import { useState } from 'react';

/** An entry; once somebody else has deleted it, as it was last and without its draft: its form keeps what is typed into it. */
export function useLastKnown<Entry extends { draft?: unknown }>(
  name: string | undefined,
  entry: Entry | null | undefined,
): Entry | Omit<Entry, 'draft'> | undefined {
  const [last, setLast] = useState<{ name: string | undefined; entry: Entry }>();
  if (entry && (last?.entry !== entry || last.name !== name)) setLast({ name, entry });
  if (entry || last?.name !== name || !last) return entry ?? undefined;
  const { draft: _, ...deleted } = last.entry;
  return deleted;
}
