import { cleanEntries } from '../definition/canonical.ts';
import { entryChecker } from '../definition/check-entry.ts';
import { nodesOf } from '../definition/names-of.ts';
import type { Entry } from '../definition/types.ts';
import { byCodeUnits } from '../sort-keys.ts';
import { inputSentence, inputWarningSentence } from '../wording/input.ts';
import { checkCluster } from './check-cluster.ts';
import { checkEvents } from './check-events.ts';
import { checkFiles } from './check-files.ts';
import { asFinding, inOrder } from './finding.ts';
import { checkQuorum } from './quorum.ts';
import type { Finding, VerificationInput } from './types.ts';

/** All that verification has to say of a definition, errors first. */
export function verifyDefinition(
  { document, liveNodes, managed = [], seen, durations, etcdMembers = [] }: VerificationInput,
  further: readonly Finding[] = [],
): Finding[] {
  const entries = cleanEntries(document);
  const nodes = [...new Set([...liveNodes, ...managed])].sort(byCodeUnits);
  return inOrder([
    ...checkInput(entries, nodes),
    ...checkFiles(entries, seen),
    ...checkEvents(entries, { nodes, durations }),
    ...checkCluster({ cluster: document.cluster, entries }, { liveNodes, managed: nodes }, seen),
    ...checkQuorum(etcdMembers, entries, nodesOf(entries, nodes)),
    ...further,
  ]);
}

/** What the rules for each entry say. A fault of what was typed in cannot be overridden: there is no way to run it. */
function checkInput(entries: readonly Entry[], liveNodes: readonly string[]): Finding[] {
  const check = entryChecker(entries, liveNodes);
  return entries.flatMap((entry) => {
    const { faults, warnings } = check(entry);
    const place = ({ field, node }: { field: string; node?: string }) => ({
      class: entry.class,
      name: entry.name,
      ...(field === 'name' ? {} : { field }),
      ...(node === undefined ? {} : { node }),
    });
    return [
      ...faults.map((fault) =>
        asFinding({ severity: 'error', code: fault.code, ...place(fault), sentence: inputSentence(fault), overridable: false }),
      ),
      ...warnings.map((warning) =>
        asFinding({
          severity: 'warning',
          code: warning.code,
          ...place(warning),
          sentence: inputWarningSentence(warning),
          overridable: false,
        }),
      ),
    ];
  });
}

export interface Overriding {
  /** The errors that nobody overrode, or that cannot be. */
  blocking: Finding[];
  /** The ids of those that were. */
  overridden: string[];
  /** What was named and is no error that can be overridden. */
  unknown: string[];
}

/** Which errors keep a definition from becoming active when these ids are overridden. */
export function overriding(findings: readonly Finding[], ids: readonly string[]): Overriding {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const can = new Set(errors.filter(({ overridable }) => overridable).map(({ id }) => id));
  const overridden = [...new Set(ids)].filter((id) => can.has(id));
  return {
    blocking: errors.filter(({ id }) => !overridden.includes(id)),
    overridden,
    unknown: [...new Set(ids)].filter((id) => !can.has(id)),
  };
}
