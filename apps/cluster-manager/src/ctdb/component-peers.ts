import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DirectoryFact, directoryFactSentence, err, peerSentence, type Result } from '@fallover/events';
import type { GivenReply } from '../peers/calls.ts';
import type { OpenedPeers } from '../peers/open-peers.ts';
import type { Component } from './component-events.ts';
import { readComponentDirectory } from './read-directory.ts';
import type { DirectoryFinding } from './verify-directory.ts';

export type ComponentFacts = GivenReply<'inspectComponent'>;
type ScriptFacts = NonNullable<ComponentFacts['scripts']>[number];

/** Another node's component of the same name. */
export interface ComponentPeer {
  node: string;
  /** Its scripts, or the sentence why they are not known. */
  inspect(component: string): Promise<Result<ComponentFacts, string>>;
}

const MOST_SCRIPTS = 1000;
const LARGEST_HASHED = 8 * 1024 * 1024;

/** What other nodes compare their own with: each script's file, whether it is enabled, and the hash of its bytes. */
export function factsOf(component: Component): ComponentFacts {
  const read = readComponentDirectory(component);
  if (!read.ok) return {};
  return {
    scripts: read.value.scripts.slice(0, MOST_SCRIPTS).map(({ file, path, enabled, target }) => {
      const sha256 = target?.isFile() && target.size <= LARGEST_HASHED ? hashOf(path) : undefined;
      return { file, enabled, ...(sha256 === undefined ? {} : { sha256 }) };
    }),
  };
}

function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined; // It has just gone.
  }
}

export const componentPeers = (opened: OpenedPeers | undefined): ComponentPeer[] =>
  (opened?.inspectors() ?? []).map(({ node }) => ({
    node,
    async inspect(component) {
      const answer = await opened?.peers.ask(node, { name: 'inspectComponent', input: { component } });
      if (answer === undefined) return err(`Node ${node} was not asked.`);
      return answer.ok ? answer : err(peerSentence(answer.error));
    },
  }));

export interface Comparison {
  findings: (DirectoryFinding & { node: string })[];
  compared: string[];
  unanswered: { node: string; sentence: string }[];
}

/** The differences between the directory on this node and those of the same component on others. */
export async function compareNodes(own: string, component: Component, others: readonly ComponentPeer[]): Promise<Comparison> {
  const here = factsOf(component).scripts ?? [];
  const comparison: Comparison = { findings: [], compared: [], unanswered: [] };
  const answers = await Promise.all(others.map(async ({ node, inspect }) => ({ node, answer: await inspect(component.name) })));
  for (const { node, answer } of answers) {
    if (!answer.ok) {
      comparison.unanswered.push({ node, sentence: answer.error });
      continue;
    }
    comparison.compared.push(node);
    const { scripts } = answer.value;
    const facts: [DirectoryFact, string?][] = scripts
      ? differences({ node: own, scripts: here }, { node, scripts })
      : [[{ code: 'no_such_component', name: component.name, node }]];
    for (const [fact, file] of facts)
      comparison.findings.push({
        ...{ level: 'warning', code: fact.code, node, sentence: directoryFactSentence(fact) },
        ...(file === undefined ? {} : { file }),
      });
  }
  return comparison;
}

interface OnNode {
  node: string;
  scripts: readonly ScriptFacts[];
}

function differences(one: OnNode, other: OnNode): [DirectoryFact, string][] {
  const there = new Map(other.scripts.map((script) => [script.file, script]));
  const here = new Set(one.scripts.map(({ file }) => file));
  const found = one.scripts.flatMap(({ file, enabled, sha256 }): [DirectoryFact, string][] => {
    const same = there.get(file);
    const place = { name: nameOf(file), node: one.node, other: other.node };
    if (!same) return [[{ code: 'only_on_node', ...place }, file]];
    const facts: [DirectoryFact, string][] = [];
    if (sha256 !== undefined && same.sha256 !== undefined && sha256 !== same.sha256)
      facts.push([{ code: 'script_differs', ...place }, file]);
    if (enabled !== same.enabled) {
      const [on, off] = enabled ? [one.node, other.node] : [other.node, one.node];
      facts.push([{ code: 'enabled_differs', name: place.name, node: on, other: off }, file]);
    }
    return facts;
  });
  const missing = other.scripts.filter(({ file }) => !here.has(file));
  return [
    ...found,
    ...missing.map(({ file }): [DirectoryFact, string] => [
      { code: 'only_on_node', name: nameOf(file), node: other.node, other: one.node },
      file,
    ]),
  ];
}

const nameOf = (file: string): string => file.replace(/\.script$/, '');
