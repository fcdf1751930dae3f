import type { TransportView } from '@fallover/contract';
import { parseContact } from '@fallover/events';
import { ExpandableSection } from '@patternfly/react-core/dist/dynamic/components/ExpandableSection';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { DefinitionEntry } from '../../smit/definition/DefinitionEntries.tsx';
import type { EntryFormParts } from '../../smit/definition/EntryForm.tsx';
import type { FieldSpec } from '../../smit/definition/specs.ts';
import { emptyMeans, FURTHER_FIELDS } from '../../smit/notification/method-specs.ts';
import { faultsOfPreview, useMethodPreview } from './preview-faults.ts';
import type { About } from './queries.ts';
import { SettingsEntries } from './SettingsEntries.tsx';
import { switched } from './settings-form.ts';

interface MethodEntriesProps {
  parts: EntryFormParts;
  about: About;
  transports: readonly TransportView[];
  nodes: readonly string[];
}

const SETTINGS = 'sheets.0.entries.settings';

/** HACMP's fields in HACMP's order; behind the destination, how it is reached and what that needs. */
export function MethodEntries({ parts, about, transports, nodes }: MethodEntriesProps) {
  const { definition, name, nameEntry, refusedBecause } = parts;
  const entries = definition.sheets[0]?.entries ?? {};
  const preview = useMethodPreview(name, definition.fields, about);
  const transport = transportOf(entries, transports);
  useSettingsOfTransport(parts, transports);
  const [opened, setOpened] = useState<boolean>();
  const { hash } = useLocation();
  const list = (field: string): string[] => {
    const value = entries[field];
    return Array.isArray(value) ? value : [];
  };
  const all = (field: string): string[] => [
    ...refusedBecause(field),
    ...faultsOfPreview(preview.data, field, isFilled(entries, field) || definition.tried),
  ];
  const entryOf = (spec: FieldSpec) => {
    const common = { definition, spec, refusedBecause: all, placeholder: emptyMeans(spec.name) };
    switch (spec.name) {
      case 'contact':
        return (
          <DefinitionEntry
            key={spec.name}
            {...common}
            spec={transport ? { ...spec, help: helpOf(transport), required: transport.contact.required } : spec}
            placeholder={transport?.contact.placeholder ?? 'user@host'}
          />
        );
      case 'transport':
        return (
          <DefinitionEntry
            key={spec.name}
            {...common}
            spec={transport ? { ...spec, help: transport.description } : spec}
            placeholder={byDestination(entries, transports)}
            choices={transports.map(({ kind, title, description }) => ({ value: kind, label: title, description }))}
          />
        );
      case 'settings':
        return transport ? (
          <SettingsEntries
            key={spec.name}
            transport={transport}
            list={list('settings')}
            change={(next) => definition.form.setValue(SETTINGS, next, { shouldDirty: true })}
            nodes={list('methodNodes').length > 0 ? list('methodNodes') : nodes}
            faultsOf={(setting) => settingFaults(parts, all, transport, setting)}
            warningsOf={(setting) => warningsAt(preview.data, `settings.${setting}`)}
            whileTyping={!definition.tried}
          />
        ) : null;
      case 'escalateTo':
        return <DefinitionEntry key={spec.name} {...common} choices={parts.others.map((value) => ({ value }))} />;
      default:
        return <DefinitionEntry key={spec.name} {...common} />;
    }
  };
  const further = definition.specs.filter((spec) => FURTHER_FIELDS.includes(spec.name));
  const wanted = further.some(
    (spec) =>
      all(spec.name).length > 0 || definition.faults.some(({ field }) => field === spec.name) || hash === `#entry-${spec.name}`,
  );
  const used = further.some((spec) => isFilled(entries, spec.name));
  const open = wanted || (opened ?? used);
  return (
    <>
      {nameEntry}
      {definition.specs.filter((spec) => !FURTHER_FIELDS.includes(spec.name)).map(entryOf)}
      <ExpandableSection
        toggleText="No storms, escalation, proof"
        isExpanded={open}
        onToggle={(_, expanded) => setOpened(expanded)}
        className="method-further"
      >
        {open ? <div className="smit-form">{further.map(entryOf)}</div> : null}
      </ExpandableSection>
    </>
  );
}

/** Of a setting: whether it has a value anywhere. */
function isFilled(entries: Record<string, string | string[]>, field: string): boolean {
  const [name = '', setting] = field.split('.');
  const entry = entries[name] ?? '';
  if (setting === undefined || typeof entry === 'string') return entry.length > 0;
  return entry.some((text) => text.startsWith(`${setting}=`) || text.startsWith(`${setting}@`));
}

const helpOf = ({ contact: { label, description } }: TransportView): string => `${label}: ${description}`;

/** The one that is chosen, else the one that the destination's form says. */
function transportOf(
  entries: Record<string, string | string[]>,
  transports: readonly TransportView[],
): TransportView | undefined {
  const { transport = '', contact = '' } = entries;
  const parsed = parseContact(String(contact), 'contact');
  const kind = transport !== '' ? transport : parsed.ok ? parsed.value.transport : undefined;
  return transports.find((one) => one.kind === kind);
}

/** What stands in the list while none is chosen. */
function byDestination(entries: Record<string, string | string[]>, transports: readonly TransportView[]): string {
  const { contact = '' } = entries;
  const found = transportOf({ contact }, transports);
  return found ? `from the destination: ${found.title}` : 'from the destination';
}

/** Faults of a setting that the form shows; by no name, those of all others. */
function settingFaults(
  { definition }: EntryFormParts,
  all: (field: string) => string[],
  transport: TransportView,
  setting: string | undefined,
): string[] {
  const local = definition.faults.filter(({ field }) => field === 'settings').map(({ sentence }) => sentence);
  if (setting !== undefined) return [...new Set(all(`settings.${setting}`))];
  const shown = Object.keys(transport.settings.properties).flatMap((name) => all(`settings.${name}`));
  return [...new Set([...local, ...all('settings')])].filter((sentence) => !shown.includes(sentence));
}

const warningsAt = (preview: ReturnType<typeof useMethodPreview>['data'], field: string): string[] =>
  (preview?.warnings ?? []).filter((warning) => warning.field === field).map(({ sentence }) => sentence);

/** Whoever chooses another type keeps what was typed for the one before, and has it back with it. */
function useSettingsOfTransport({ definition: { form } }: EntryFormParts, transports: readonly TransportView[]): void {
  const aside = useRef<ReadonlyMap<string, readonly string[]>>(new Map());
  const before = useRef<string>(undefined);
  useEffect(() => {
    const now = (): TransportView | undefined => transportOf(form.getValues('sheets.0.entries'), transports);
    before.current = now()?.kind;
    const watching = form.watch((_, { name }) => {
      const to = now();
      const from = before.current;
      // While a destination is half typed it is of no type.
      if (to === undefined) return;
      before.current = to.kind;
      const chosen = name === 'sheets.0.entries.transport' || name === 'sheets.0.entries.contact';
      if (!chosen || from === undefined || from === to.kind) return;
      const list = form.getValues(SETTINGS);
      const next = switched(Array.isArray(list) ? list : [], from, to, aside.current);
      aside.current = next.aside;
      form.setValue(SETTINGS, next.list, { shouldDirty: true });
    });
    return () => watching.unsubscribe();
  }, [form, transports]);
}
