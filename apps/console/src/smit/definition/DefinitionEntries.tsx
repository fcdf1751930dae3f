import { Tab, Tabs, TabTitleText } from '@patternfly/react-core/dist/dynamic/components/Tabs';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ListValue } from '../panel-context.ts';
import { Entry } from './Entry.tsx';
import type { FieldSpec } from './specs.ts';
import type { DefinitionForm } from './use-definition-form.ts';

interface DefinitionEntriesProps {
  definition: DefinitionForm;
  /** By field, from the cluster manager. */
  refusedBecause: (field: string) => string[];
  placeholders?: Record<string, string>;
  /** With the fields' numbers on the Cluster Event Worksheet. */
  numbered?: boolean;
  /** The node whose own values are shown, where the panel keeps it; nothing: the whole cluster's. */
  sheet?: { node: string | undefined; choose: (node: string | undefined) => void };
}

/** The entries of the cluster's sheet; with several nodes, one sheet for each node that differs. */
export function DefinitionEntries({
  definition,
  refusedBecause,
  placeholders = {},
  numbered,
  sheet: kept,
}: DefinitionEntriesProps) {
  const id = useId();
  const { sheets } = definition;
  // The address may say whose values are meant, as a finding of verification does.
  const node = useSearchParams()[0].get('node') ?? undefined;
  // Only a node with values of its own: what is wrong on any other is mended where it is said, for the whole cluster.
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      sheets.findIndex((sheet) => sheet.node === node && Object.values(sheet.entries).some((entry) => entry.length > 0)),
    ),
  );
  const chosen = kept ? sheets.findIndex(({ node }) => node === kept.node) : at;
  const index = Math.max(0, chosen < sheets.length ? chosen : 0);
  const sheet = sheets[index];
  if (!sheet) return null;
  const differsOn = (node: string | undefined): boolean =>
    sheets.some((one) => one.node === node && Object.values(one.entries).some((entry) => entry.length > 0));
  const named = (node: string | undefined): string => node ?? 'Whole cluster';
  const entries = definition.specs
    .filter(({ kind }) => kind !== 'program')
    .map((spec) => (
      <DefinitionEntry
        key={`${index} ${spec.name}`}
        definition={definition}
        spec={spec}
        index={index}
        placeholder={placeholders[spec.name]}
        numbered={numbered}
        refusedBecause={refusedBecause}
      />
    ));
  if (!kept && sheets.length <= 2 && !sheets.some(({ node }) => node !== undefined && differsOn(node))) return entries;
  return (
    <>
      <Tabs
        activeKey={index}
        onSelect={(_, key) => (kept ? kept.choose(sheets[Number(key)]?.node) : setAt(Number(key)))}
        aria-label="For which nodes"
        className="smit-sheets"
      >
        {sheets.map(({ node }, key) => (
          <Tab
            key={node ?? ''}
            eventKey={key}
            tabContentId={id}
            title={<TabTitleText>{`${named(node)}${node !== undefined && differsOn(node) ? ' •' : ''}`}</TabTitleText>}
          />
        ))}
      </Tabs>
      <div id={id} role="tabpanel" aria-label={named(sheet.node)} className="smit-form">
        {sheet.node === undefined ? null : (
          <p className="smit-help">What is left empty here holds on {sheet.node} as it does for the whole cluster.</p>
        )}
        {entries}
      </div>
    </>
  );
}

interface DefinitionEntryProps {
  definition: DefinitionForm;
  spec: FieldSpec;
  /** Which sheet: the whole cluster's unless said. */
  index?: number;
  refusedBecause: (field: string) => string[];
  placeholder?: string | undefined;
  numbered?: boolean | undefined;
  choices?: readonly ListValue[] | undefined;
}

/** One entry of a sheet, with all that is said of it. */
export function DefinitionEntry({ definition, spec, index = 0, refusedBecause, ...shown }: DefinitionEntryProps) {
  const { node: own } = definition.sheets[index] ?? {};
  const mine = ({ field, node }: { field: string; node?: string }): boolean =>
    field === spec.name && (node === undefined || own === undefined || node === own);
  const faults = [...definition.faults.filter(mine).map(({ sentence }) => sentence), ...refusedBecause(spec.name)];
  return (
    <Entry
      form={definition.form}
      spec={spec}
      path={`sheets.${index}.entries.${spec.name}`}
      inherited={own === undefined ? undefined : definition.sheets[0]?.entries[spec.name]}
      whileTyping={!definition.tried}
      faults={[...new Set(faults)]}
      warnings={definition.warnings.filter(mine).map(({ sentence }) => sentence)}
      {...shown}
    />
  );
}
