import { type InputCheck, inputSentence, inputWarningSentence, labelOf } from '@fallover/events';
import { useEffect, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { FieldSpec } from './specs.ts';
import { type Difference, differences, type Fields, fieldsOf, rebase, type Sheet, sheetsOf } from './values.ts';

export interface Draft {
  revision: number;
  fields: Fields;
}

export interface DefinitionForm {
  form: UseFormReturn<{ sheets: Sheet[] }>;
  specs: readonly FieldSpec[];
  sheets: Sheet[];
  /** The entry as it is typed. */
  fields: Fields;
  /** What differs from the draft as it was when the panel was opened. */
  changed: Difference[];
  /** Somebody saved meanwhile: how theirs differs from what stood here. */
  theirs: { draft: Draft; changed: Difference[] } | undefined;
  /** What the rules say of it: the same that the cluster manager will say. Faults only once somebody tried to save, unless asked for while typing. */
  faults: Finding[];
  /** Somebody tried to save what the rules refuse. */
  tried: boolean;
  warnings: Finding[];
  reset(): void;
  takeTheirs(): void;
  keepMine(): void;
  saved(draft: Draft): void;
  /** What is to be saved; nothing while the rules refuse it. */
  asked(): Draft | undefined;
}

export interface Finding {
  field: string;
  node?: string;
  sentence: string;
}

interface DefinitionFormInput {
  specs: readonly FieldSpec[];
  current: Draft;
  nodes: readonly string[];
  saving: boolean;
  whileTyping?: boolean | undefined;
  /** What the name of the entry is called, where it is no custom event. */
  nameLabel?: string | undefined;
  check: (fields: Fields) => InputCheck;
}

/**
 * The form of one entry of the definition. What is typed is never lost to somebody else's save: an untouched form follows the
 * draft, a touched one keeps its entries and says that the draft has moved on.
 */
export function useDefinitionForm({
  specs,
  current,
  nodes,
  saving,
  whileTyping = false,
  nameLabel,
  check,
}: DefinitionFormInput): DefinitionForm {
  const [tried, setTried] = useState(false);
  const [base, setBase] = useState(current);
  const form = useForm<{ sheets: Sheet[] }>({ defaultValues: { sheets: sheetsOf(specs, base.fields, nodes) } });
  const { sheets } = form.watch();
  const before = sheetsOf(specs, base.fields, nodes);
  const changed = differences(specs, before, sheets);
  const behind = current.revision !== base.revision && !saving;
  const adopt = (draft: Draft, values: Sheet[]): void => {
    setBase(draft);
    setTried(false);
    form.reset({ sheets: values });
  };
  const theirSheets = sheetsOf(specs, current.fields, nodes);
  const theirChanges = behind ? differences(specs, before, theirSheets) : [];
  // Nothing of mine would be lost: I typed nothing, or just what somebody saved, as whoever takes F6 to a shell does.
  const follow = behind && (changed.length === 0 || differences(specs, theirSheets, sheets).length === 0);
  // What they changed stands on another panel of the same entry.
  const elsewhere = behind && !follow && theirChanges.length === 0;
  useEffect(() => {
    if (follow) adopt(current, theirSheets);
    else if (elsewhere) setBase(current);
  });
  const typed = fieldsOf(specs, sheets, base.fields);
  const found = check(typed);
  const nameOf = (field: string): string => (field === 'name' && nameLabel !== undefined ? nameLabel : labelOf(field));
  return {
    form,
    specs,
    sheets,
    fields: typed,
    changed,
    theirs: behind && !follow && !elsewhere ? { draft: current, changed: theirChanges } : undefined,
    faults: tried || whileTyping ? found.faults.map((fault) => finding(fault, inputSentence(fault, nameOf))) : [],
    tried,
    warnings: found.warnings.map((warning) => finding(warning, inputWarningSentence(warning, nameOf))),
    reset: () => adopt(base, before),
    takeTheirs: () => adopt(current, theirSheets),
    keepMine: () => adopt(current, rebase(specs, before, sheets, theirSheets)),
    saved: (draft) => adopt(draft, sheetsOf(specs, draft.fields, nodes)),
    asked() {
      const fields = fieldsOf(specs, form.getValues().sheets, base.fields);
      const refused = check(fields).faults.length > 0;
      setTried(refused);
      return refused ? undefined : { revision: base.revision, fields };
    },
  };
}

const finding = ({ field, node }: { field: string; node?: string }, sentence: string): Finding => ({
  field,
  ...(node === undefined ? {} : { node }),
  sentence,
});
