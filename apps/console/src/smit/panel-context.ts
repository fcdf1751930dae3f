import { createContext, useContext, useEffect, useRef } from 'react';

export interface ListValue {
  value: string;
  /** What is read instead of the value: `yes` for `true`. */
  label?: string | undefined;
  description?: string | undefined;
}

/** What F4 offers for a field. */
export interface FieldList {
  values: readonly ListValue[];
  chosen: readonly string[];
  several?: boolean | undefined;
  choose: (values: string[]) => void;
}

/** What the fields of a panel tell its function bar. */
export interface PanelContext {
  /** The field has a list; returns what takes it back. */
  register(id: string, list: () => FieldList): () => void;
  /** What the list offers has changed. */
  changed(id: string): void;
  openList(id: string): void;
}

export const InPanel = createContext<PanelContext | undefined>(undefined);

/** A field with `+` offers its list to F4 while it is shown. */
export function useFieldList(id: string, list: FieldList | undefined): (() => void) | undefined {
  const panel = useContext(InPanel);
  const latest = useRef(list);
  latest.current = list;
  const has = list !== undefined;
  useEffect(() => {
    if (!panel || !has) return undefined;
    return panel.register(id, () => latest.current ?? { values: [], chosen: [], choose() {} });
  }, [panel, id, has]);
  const values = list?.values;
  useEffect(() => {
    if (values) panel?.changed(id);
  }, [panel, id, values]);
  return panel && has ? () => panel.openList(id) : undefined;
}
