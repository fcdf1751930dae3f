import { namesOf, nodesOf } from '../definition/names-of.ts';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import { fenceCommandOf } from '../wording/fencing.ts';
import { at, finding } from './finding.ts';
import type { Finding, NodeFacts } from './types.ts';

type Addressed = Extract<Entry, { class: 'interface' | 'service_label' }>;
type SiteEntry = Extract<Entry, { class: 'site' }>;

/** What the cluster is made of: names and addresses that stand for two things, and nodes that were not looked at. */
export function checkCluster(
  { cluster, entries }: Pick<DefinitionDocument, 'cluster' | 'entries'>,
  { liveNodes, managed }: { liveNodes: readonly string[]; managed: readonly string[] },
  seen: readonly NodeFacts[],
): Finding[] {
  const addressed = entries.filter((entry): entry is Addressed => entry.class === 'interface' || entry.class === 'service_label');
  const named = ({ class: entryClass, name }: Entry) => ({ class: entryClass, name });
  return [
    ...notFenced(cluster, entries, managed),
    ...notSeen(nodesOf(entries, managed), namesOf(entries, 'node'), liveNodes, seen),
    ...repeated(addressed, ({ fields }) => fields.ipAddress?.cluster?.toLowerCase()).map(({ entry, earlier }) =>
      finding(at(entry, 'ipAddress'), {
        code: 'address_given_twice',
        text: entry.fields.ipAddress?.cluster ?? '',
        other: named(earlier),
      }),
    ),
    ...repeated(addressed, ({ name }) => name).map(({ entry, earlier }) =>
      finding(at(entry), { code: 'label_given_twice', text: entry.name, other: named(earlier) }),
    ),
    ...inTwoSites(entries.filter((entry): entry is SiteEntry => entry.class === 'site')),
    ...repeated(entries, (entry) => `${entry.class} ${entry.name.toLowerCase()}`).map(({ entry, earlier }) =>
      finding(at(entry), { code: 'name_nearly_the_same', other: earlier.name }),
    ),
  ];
}

/** The entries whose key an earlier one has, each with that. */
function repeated<One extends Entry>(
  entries: readonly One[],
  keyOf: (entry: One) => string | undefined,
): { entry: One; earlier: One }[] {
  const first = new Map<string, One>();
  return entries.flatMap((entry) => {
    const key = keyOf(entry);
    if (key === undefined) return [];
    const earlier = first.get(key);
    if (!earlier) first.set(key, entry);
    return earlier ? [{ entry, earlier }] : [];
  });
}

function notSeen(
  nodes: readonly string[],
  configured: readonly string[],
  liveNodes: readonly string[],
  seen: readonly NodeFacts[],
): Finding[] {
  const place = (name: string) => ({ class: 'node', name, node: name }) as const;
  return [
    ...liveNodes
      .filter((node) => !seen.some((on) => on.node === node))
      .map((node) => finding(place(node), { code: 'node_not_reached', node })),
    ...nodes
      .filter((node) => !liveNodes.includes(node))
      .map((node) => finding(place(node), { code: 'node_not_looked_at', node, configured: configured.includes(node) })),
  ];
}

/** Whoever takes over from a node that may still be alive has to know that it is not. */
function notFenced(cluster: string, entries: readonly Entry[], managed: readonly string[]): Finding[] {
  const nodes = nodesOf(entries, managed);
  if (nodes.length < 2 || fenceCommandOf({ format: 1, cluster, entries: [...entries] }).length > 0) return [];
  return [finding({ class: 'cluster', name: cluster, field: 'fenceCommand' }, { code: 'not_fenced' })];
}

function inTwoSites(sites: readonly SiteEntry[]): Finding[] {
  const siteOf = new Map<string, string>();
  return sites.flatMap((site) =>
    [...new Set(site.fields.siteNodes?.cluster ?? [])].flatMap((node) => {
      const other = siteOf.get(node);
      if (other === undefined) siteOf.set(node, site.name);
      return other === undefined ? [] : [finding(at(site, 'siteNodes'), { code: 'node_in_two_sites', node, other })];
    }),
  );
}
