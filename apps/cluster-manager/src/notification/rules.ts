import {
  asFinding,
  type DefinitionDocument,
  type Entry,
  effectiveMethod,
  type Finding,
  type InputFault,
  inputSentence,
} from '@fallover/events';
import { readMethod } from './method-settings.ts';
import { clusterOf } from './parts.ts';
import type { Secrets } from './secrets.ts';

/** What transports say of methods, besides the rules of the definition. */
export interface MethodRules {
  /** Of one that is being saved. */
  faults(entry: Entry): InputFault[];
  /** What this node lacks to send by it, such as its modem. Others look for themselves. */
  warnings(entry: Entry, among: readonly Entry[]): Promise<{ code: string; field?: string; sentence: string }[]>;
  /** Of a whole document, for verification. A method that cannot send keeps no event from being processed, so its error can be overridden. */
  findings(document: DefinitionDocument): Promise<Finding[]>;
}

export function methodRules(node: string, secrets: Pick<Secrets, 'open'>): MethodRules {
  const faults: MethodRules['faults'] = (entry) => {
    if (entry.class !== 'notification_method') return [];
    const ready = readMethod(effectiveMethod(entry.name, entry.fields), node, secrets);
    // That there is no transport, the rules of the definition have said.
    return ready.ok ? [] : ready.error.filter(({ code }) => code !== 'contact_not_understood');
  };
  const warnings: MethodRules['warnings'] = async (entry, among) => {
    if (entry.class !== 'notification_method') return [];
    const method = effectiveMethod(entry.name, entry.fields);
    const ready = readMethod(method, node, secrets);
    if (!ready.ok || (method.nodes.length > 0 && !method.nodes.includes(node))) return [];
    const { heartbeatDevices } = clusterOf({ entries: among });
    const lacking = await ready.value.transport.checkNode?.(ready.value.settings, heartbeatDevices);
    return lacking ? [{ code: lacking.code, field: 'settings', sentence: `On node ${node}: ${lacking.sentence}` }] : [];
  };
  return {
    faults,
    warnings,
    async findings({ entries }) {
      const found: Finding[] = [];
      for (const entry of entries) {
        const place = { class: entry.class, name: entry.name };
        for (const fault of faults(entry))
          found.push(
            asFinding({
              ...place,
              severity: 'error',
              code: fault.code,
              field: fault.field.replace(/\..*$/, ''),
              sentence: inputSentence(fault),
              overridable: true,
            }),
          );
        for (const { code, sentence } of await warnings(entry, entries))
          found.push(asFinding({ ...place, severity: 'warning', code, field: 'settings', node, sentence, overridable: false }));
      }
      return found;
    },
  };
}
