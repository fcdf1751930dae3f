import type { FindingView } from '@fallover/contract';
import {
  CLASS_WORDS,
  type EntryClass,
  type ExchangeFault,
  exchangeSentence,
  findingSentence,
  type InputFault,
  type InputWarning,
  inputSentence,
  inputWarningSentence,
  labelOf,
  quoted,
  type ScriptTextFault,
  type StartFault,
  scriptTextSentence,
  startFaultSentence,
} from '@fallover/events';
import type { Refusal } from '../http/use-cases.ts';

/** Which entry of the definition is meant, for a sentence: `event node_up`, `custom event tell_operator`. */
export interface EntryRef {
  class: EntryClass;
  name: string;
}

/** Why a use case of the definition says no. */
export type DefinitionFault =
  | { code: 'unknown_event'; fault: InputFault }
  | { code: 'not_found'; entry: EntryRef }
  | { code: 'invalid_input'; faults: InputFault[] }
  | { code: 'draft_not_valid'; entries: { entry: EntryRef; faults: InputFault[] }[] }
  | { code: 'changed_meanwhile'; entry?: EntryRef }
  | { code: 'in_use'; entry: EntryRef; usedBy: EntryRef[] }
  | { code: 'fields_not_understood'; entry: EntryRef; reason: string }
  | { code: 'not_this_cluster'; name: string; cluster: string }
  | { code: 'content_not_kept'; name: string }
  /** On other nodes, with what each of them says. */
  | { code: 'not_laid_down'; nodes: { node: string; sentence: string }[] }
  | { code: 'library_is_off' }
  | { code: 'verification_failed'; findings: FindingView[] }
  | { code: 'nothing_to_override'; ids: string[] }
  | { code: 'draft_has_changes'; count: number; number: number }
  | { code: 'revision_not_found'; which: string; newest: number }
  | { code: 'not_a_snapshot_name'; name: string }
  | { code: 'snapshot_exists'; name: string }
  | { code: 'snapshot_not_found'; name: string }
  | { code: 'would_not_be_valid'; entries: { entry: EntryRef; faults: InputFault[] }[] }
  | { code: 'file_not_accepted'; faults: ExchangeFault[] }
  | { code: 'nothing_to_synchronise' }
  | { code: 'not_empty' }
  | { code: 'example_not_readable'; path: string; reason: string }
  | { code: 'example_not_writable'; path: string; reason: string }
  | { code: 'not_a_script'; faults: ScriptTextFault[] }
  | { code: 'scripts_not_writable'; path: string; reason: string }
  | { code: 'revision_not_writable'; path: string; reason: string }
  | { code: 'definition_not_readable'; what: string; reason: string };

const STATUS = {
  unknown_event: 404,
  not_found: 404,
  invalid_input: 400,
  draft_not_valid: 409,
  changed_meanwhile: 409,
  in_use: 409,
  fields_not_understood: 400,
  not_this_cluster: 400,
  content_not_kept: 409,
  not_laid_down: 409,
  library_is_off: 409,
  verification_failed: 409,
  nothing_to_override: 400,
  draft_has_changes: 409,
  revision_not_found: 404,
  not_a_snapshot_name: 400,
  snapshot_exists: 409,
  snapshot_not_found: 404,
  would_not_be_valid: 409,
  file_not_accepted: 400,
  nothing_to_synchronise: 409,
  not_empty: 409,
  example_not_readable: 503,
  example_not_writable: 503,
  not_a_script: 400,
  scripts_not_writable: 503,
  revision_not_writable: 503,
  definition_not_readable: 500,
} as const satisfies Record<DefinitionFault['code'], Refusal['status']>;

export const refusal = (fault: DefinitionFault): Refusal => {
  const faults = faultsOf(fault);
  return {
    code: fault.code,
    status: STATUS[fault.code],
    sentence: definitionSentence(fault),
    ...(faults === undefined ? {} : { faults }),
  };
};

/** What is wrong, where, and what to do. */
export function definitionSentence(fault: DefinitionFault): string {
  switch (fault.code) {
    case 'unknown_event':
      return inputSentence(fault.fault);
    case 'not_found':
      return `There is no ${entryWords(fault.entry)} in the configuration. Look at the list, and check the name.`;
    case 'invalid_input':
      return fault.faults.length === 1
        ? inputSentence(fault.faults[0] as InputFault)
        : `${fault.faults.length} values cannot be accepted. Correct them and try again; nothing was changed.`;
    case 'draft_not_valid':
      return `The configuration cannot be made active, because of ${fault.entries.map(({ entry }) => entryWords(entry)).join(', ')}. Correct that and synchronise again; nothing was changed.`;
    case 'changed_meanwhile':
      return fault.entry
        ? `The ${entryWords(fault.entry)} was changed by somebody else meanwhile. Reload it, look at what has changed, and make your change again.`
        : 'The configuration was changed by somebody else meanwhile. Reload it, look at what has changed, and try again.';
    case 'in_use':
      return `The ${entryWords(fault.entry)} is named by ${fault.usedBy.map(entryWords).join(', ')}. Take it out there first.`;
    case 'fields_not_understood':
      return `The fields of the ${entryWords(fault.entry)} are not understood (${fault.reason}). Give those of its class, each as {cluster, nodes}.`;
    case 'not_this_cluster':
      return `This cluster is called ${fault.cluster}, not ${quoted(fault.name)}. Change the entry ${fault.cluster}.`;
    case 'content_not_kept':
      return `The text of the library script ${fault.name} is not kept in this cluster. Save the script with its text.`;
    case 'not_laid_down':
      return `Nothing was made active: not every member has the configuration on its disk. ${fault.nodes.map(({ node, sentence }) => `${node}: ${sentence}`).join(' ')} Put that right, or stop cluster services there, and synchronise again.`;
    case 'library_is_off':
      return 'The script library is off on this node. It is switched on by whoever starts the cluster manager: fallover start --script-library DIR. No panel can do that.';
    case 'verification_failed':
      return `Verification found ${fault.findings.length === 1 ? 'an error' : `${fault.findings.length} errors`}, so nothing was made active. Mend what it names and synchronise again, or override each error by its name.`;
    case 'nothing_to_override':
      return `Verification found no error that can be overridden of the name ${fault.ids.join(', ')}. Verify again, and give the names that it shows.`;
    case 'draft_has_changes':
      return `The draft has ${fault.count === 1 ? 'a change that is not synchronised. It is' : `${fault.count} changes that are not synchronised. They are`} lost when revision ${fault.number} is restored: say that they may be discarded, or synchronise first.`;
    case 'revision_not_found':
      return `There is no revision or snapshot ${quoted(fault.which)}. ${fault.newest === 0 ? 'Nothing was synchronised yet.' : `Revisions are numbered from 1 to ${fault.newest}; fallover history lists them and the snapshots.`}`;
    case 'not_a_snapshot_name':
      return `A snapshot cannot be called ${fault.name}: numbers, draft and active stand for revisions already. Choose another name.`;
    case 'snapshot_exists':
      return `There is a snapshot ${fault.name} already. Choose another name, or delete that one first.`;
    case 'snapshot_not_found':
      return `There is no snapshot ${quoted(fault.name)}. fallover query snapshot lists them.`;
    case 'would_not_be_valid':
      return `That would leave the draft with faults in ${fault.entries.map(({ entry }) => entryWords(entry)).join(', ')}. Take back what depends on it too; nothing was changed.`;
    case 'file_not_accepted':
      return fault.faults.length === 1
        ? exchangeSentence(fault.faults[0] as ExchangeFault)
        : `The file has ${fault.faults.length} faults. Mend them and read it again; nothing was changed.`;
    case 'nothing_to_synchronise':
      return 'There is nothing to synchronise: the configuration is the active one already.';
    case 'not_empty':
      return 'The example can only be loaded into an empty cluster, and this one has a configuration already. Start another cluster manager with a state directory of its own for it.';
    case 'example_not_readable':
      return `The example cannot be read from ${fault.path} (${fault.reason}). Look whether the installation is whole.`;
    case 'example_not_writable':
      return `The example scripts cannot be copied to ${fault.path} (${fault.reason}). Make room, or check the permissions of the state directory, and try again.`;
    case 'not_a_script':
      return fault.faults.map(scriptTextSentence).join(' ');
    case 'scripts_not_writable':
      return `The scripts of the library cannot be laid down in ${fault.path} (${fault.reason}). Make room, or check the permissions of the directory, and synchronise again.`;
    case 'revision_not_writable':
      return `The new revision cannot be written to ${fault.path} (${fault.reason}), so the active one stays. Make room, or check the permissions of the state directory, and try again.`;
    case 'definition_not_readable':
      return `The configuration cannot be read: ${fault.what} is damaged, or was written by a newer version (${fault.reason}). Put back a copy of the state directory, or start the version that wrote it.`;
  }
}

function faultsOf(fault: DefinitionFault): Refusal['faults'] {
  switch (fault.code) {
    case 'unknown_event':
      return [inputFault(fault.fault)];
    case 'invalid_input':
      return fault.faults.map(inputFault);
    case 'file_not_accepted':
      return fault.faults.map((each) => ({
        code: each.code === 'value_not_accepted' ? each.fault.code : each.code,
        ...('line' in each && each.line !== undefined ? { line: each.line } : {}),
        ...(each.code === 'value_not_accepted' ? { field: each.fault.field } : {}),
        sentence: exchangeSentence(each),
      }));
    case 'verification_failed':
      return fault.findings.map((finding) => ({
        id: finding.id,
        code: finding.code,
        ...(finding.field === undefined ? {} : { field: finding.field }),
        sentence: findingSentence(finding),
      }));
    case 'not_a_script':
      return fault.faults.map((each) => ({
        code: each.code,
        field: 'content',
        line: each.line,
        sentence: scriptTextSentence(each),
      }));
    case 'draft_not_valid':
    case 'would_not_be_valid':
      return fault.entries.flatMap(({ entry, faults }) =>
        faults.map((each) => ({ ...inputFault(each), sentence: `${capital(entryWords(entry))}: ${inputSentence(each)}` })),
      );
    default:
      return undefined;
  }
}

const inputFault = (fault: InputFault) => ({
  code: fault.code,
  field: fault.field,
  ...(fault.code === 'program_fault' ? { line: fault.fault.line } : {}),
  sentence: inputSentence(fault),
});

const entryWords = ({ class: entryClass, name }: EntryRef): string => `${CLASS_WORDS[entryClass].one} ${name}`;

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** What is accepted but worth knowing, as the contract says it. */
export interface Warning {
  code: string;
  field?: string;
  sentence: string;
}

export const inputWarning = (warning: InputWarning): Warning => ({
  code: warning.code,
  field: warning.field,
  sentence: inputWarningSentence(warning),
});

/** A command that could not be started now; it may be laid down later, so this is no fault. */
export const trustWarning = (field: string, fault: StartFault): Warning => ({
  code: fault.code,
  field,
  sentence: `${labelOf(field)}: ${startFaultSentence(fault)}`,
});

/** A definition that cannot be read is thrown, with its fault: there is nothing else to go on with. */
export type DefinitionError = Error & { definitionFault: DefinitionFault };

export const definitionError = (fault: DefinitionFault): DefinitionError =>
  Object.assign(new Error(definitionSentence(fault)), { definitionFault: fault });

export const definitionFaultOf = (error: unknown): DefinitionFault | undefined =>
  error instanceof Error && 'definitionFault' in error ? (error as DefinitionError).definitionFault : undefined;

/** The system's own word for why a file could not be read or written; undefined for a defect. */
export const systemReason = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
};
