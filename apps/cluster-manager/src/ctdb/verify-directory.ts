import type { COMPONENT_FINDING_LEVELS } from '@fallover/contract';
import {
  componentSentence,
  type DirectoryFact,
  directoryFactSentence,
  ignoredSentence,
  startFaultSentence,
} from '@fallover/events';
import { checkDirectoryTrust, checkTrust } from '../executor/launcher/trust.ts';
import type { Component } from './component-events.ts';
import { type FoundScript, installedScripts, readComponentDirectory } from './read-directory.ts';

export interface DirectoryFinding {
  level: (typeof COMPONENT_FINDING_LEVELS)[number];
  code: string;
  file?: string;
  sentence: string;
}

/** What is in the directory of a component that an administrator should know before an event runs. */
export function verifyDirectory(component: Component): DirectoryFinding[] {
  const { name, directory, profile } = component;
  const read = readComponentDirectory(component);
  if (!read.ok) return [{ level: 'error', code: read.error.code, sentence: componentSentence(read.error) }];
  const { scripts, ignored, equalNumbers } = read.value;
  const trust = checkDirectoryTrust(directory);
  const findings: DirectoryFinding[] = [];
  if (trust) findings.push({ level: 'error', code: trust.code, sentence: startFaultSentence(trust) });
  if (profile === 'readme' && equalNumbers.length > 0) {
    const fault = { code: 'equal_numbers', component: name, directory, equalNumbers } as const;
    findings.push({ level: 'error', code: fault.code, sentence: componentSentence(fault) });
  }
  if (profile === 'ctdb')
    findings.push(...equalNumbers.map((equal) => finding('note', { code: 'equal_numbers_allowed', ...equal })));
  findings.push(...scripts.flatMap((script) => ofScript(script) ?? []));
  for (const { file, why } of ignored) findings.push({ level: 'note', code: why, file, sentence: ignoredSentence(file, why) });
  const here = new Set(scripts.map(({ file }) => file));
  const names = installedScripts(component).flatMap((script) => (here.has(script.file) ? [] : [script.name]));
  if (names.length > 0) findings.push(finding('note', { code: 'installed_not_enabled', names }));
  return findings;
}

function ofScript({ file, name, path, enabled, target, link }: FoundScript): DirectoryFinding | undefined {
  if (target === undefined) return finding('error', { code: 'link_leads_nowhere', name, link: link ?? path }, file);
  if (!target.isFile()) return finding('warning', { code: 'script_not_a_file', name }, file);
  if (!enabled) return finding('note', { code: 'script_disabled', name }, file);
  const fault = checkTrust(path);
  if (fault === undefined) return undefined;
  if (fault.code === 'no_interpreter' && fault.reason === undefined)
    return finding('warning', { code: 'counts_as_disabled', name, isEmpty: target.size === 0 }, file);
  return { level: 'error', code: fault.code, file, sentence: startFaultSentence(fault) };
}

const finding = (level: DirectoryFinding['level'], fact: DirectoryFact, file?: string): DirectoryFinding => ({
  ...{ level, code: fact.code, sentence: directoryFactSentence(fact) },
  ...(file === undefined ? {} : { file }),
});
