import type { Entry } from '../definition/types.ts';
import { type CommandPlace, commandPlaces } from './command-places.ts';
import { at, finding } from './finding.ts';
import type { CommandFacts, Finding, NodeFacts } from './types.ts';

/** What the files of the commands are, node by node, and whether they are the same on all of them. */
export function checkFiles(entries: readonly Entry[], seen: readonly NodeFacts[]): Finding[] {
  const places = seen.map((on) => ({ on, places: commandPlaces(entries, on.node) }));
  return [
    ...places.flatMap((node) => node.places.flatMap((place) => onNode(place, node.on))),
    ...differing(places),
    ...ofOtherModes(places),
    ...namesOfProcesses(places.flatMap((node) => node.places)),
  ];
}

function onNode({ entry, field, path }: CommandPlace, { node, commands, lastRun }: NodeFacts): Finding[] {
  const facts = commands.get(path);
  if (!facts) return [];
  const place = at(entry, field, node);
  if ('fault' in facts) return [finding(place, { code: facts.fault.code, fault: facts.fault })];
  if ('notHashed' in facts)
    return [finding(place, { code: 'command_not_compared', path, size: facts.size, reason: facts.notHashed })];
  const before = lastRun.get(path);
  if (before === undefined || before === facts.sha256) return [];
  return [finding(place, { code: 'changed_since_it_ran', path, before, now: facts.sha256 })];
}

interface HashedFile {
  node: string;
  sha256: string;
  form: 'program' | 'script';
}

type Seen = readonly { on: NodeFacts; places: readonly CommandPlace[] }[];

/** What several nodes have at the same pathname, for each place that names it. */
function byPlace<File>(
  seen: Seen,
  fileOn: (node: string, facts: CommandFacts | undefined) => File | undefined,
): { place: CommandPlace; files: File[] }[] {
  const found = new Map<string, { place: CommandPlace; files: File[] }>();
  for (const { on, places } of seen)
    for (const place of places) {
      const file = fileOn(on.node, on.commands.get(place.path));
      if (file === undefined) continue;
      const key = [place.entry.class, place.entry.name, place.field, place.path].join('\u0000');
      const known = found.get(key) ?? { place, files: [] };
      known.files.push(file);
      found.set(key, known);
    }
  return [...found.values()];
}

/** A command that has the same pathname on several nodes, and other bytes: one finding for each place that names it. */
function differing(seen: Seen): Finding[] {
  return byPlace(seen, hashedFile).flatMap(({ place: { entry, field, path }, files }) => {
    if (new Set(files.map(({ sha256 }) => sha256)).size < 2) return [];
    const code = files.every(({ form }) => form === 'program') ? 'program_differs' : 'command_differs';
    return [finding(at(entry, field), { code, path, hashes: files.map(({ node, sha256 }) => ({ node, sha256 })) })];
  });
}

/** The same of what may be done with the file: where not everybody may execute it, a changed owner stops it. */
const ofOtherModes = (seen: Seen): Finding[] =>
  byPlace(seen, (node, facts) =>
    facts && 'mode' in facts && facts.mode !== undefined ? { node, mode: facts.mode } : undefined,
  ).flatMap(({ place: { entry, field, path }, files }) =>
    new Set(files.map(({ mode }) => mode)).size < 2
      ? []
      : [finding(at(entry, field), { code: 'mode_differs', path, modes: files })],
  );

const hashedFile = (node: string, facts: CommandFacts | undefined): HashedFile | undefined =>
  facts && 'sha256' in facts ? { node, sha256: facts.sha256, form: facts.form } : undefined;

/** As they stand in the list of processes: the shell and the cluster manager, what starts commands, and what runs them both. */
const PROCESSES = ['fallover', 'fallover-launcher', 'node'] as const;
/** A shorter name is found in the command line of nearly everything. */
const SHORTEST = 3;

/**
 * "Be careful not to kill any HACMP processes as part of your script": a script often ends an earlier one of itself by its
 * name, and a pattern that finds the one finds the other.
 */
function namesOfProcesses(places: readonly CommandPlace[]): Finding[] {
  const seen = new Set<string>();
  return places.flatMap(({ entry, field, path }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const processes = PROCESSES.filter(
      (process) => name.includes('fallover') || (name.length >= SHORTEST && process.includes(name)),
    );
    const key = [entry.class, entry.name, field, path].join('\u0000');
    if (processes.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [
      finding(at(entry, field), {
        code: 'name_of_a_process',
        path,
        processes: name.includes('fallover') ? PROCESSES : processes,
      }),
    ];
  });
}
