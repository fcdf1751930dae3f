import { Tab, Tabs, TabTitleText } from '@patternfly/react-core/dist/dynamic/components/Tabs';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Entry } from './Entry.tsx';
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
  const cluster = sheets[0];
  if (!sheet || !cluster) return null;
  const differsOn = (node: string | undefined): boolean =>
    sheets.some((one) => one.node === node && Object.values(one.entries).some((entry) => entry.length > 0));
  const named = (node: string | undefined): string => node ?? 'Whole cluster';
  const entries = definition.specs.map((spec) => {
    const own = ({ field, node }: { field: string; node?: string }): boolean =>
      field === spec.name && (node === undefined || sheet.node === undefined || node === sheet.node);
    return (
      <Entry
        key={`${index} ${spec.name}`}
        form={definition.form}
        spec={spec}
        path={`sheets.${index}.entries.${spec.name}`}
        inherited={sheet.node === undefined ? undefined : cluster.entries[spec.name]}
        placeholder={placeholders[spec.name]}
        numbered={numbered}
        whileTyping={!definition.tried}
        faults={[...definition.faults.filter(own).map(({ sentence }) => sentence), ...refusedBecause(spec.name)]}
        warnings={definition.warnings.filter(own).map(({ sentence }) => sentence)}
      />
    );
  });
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
