import type { ProgramLine } from '../recovery-programs/parse-program.ts';
import { isPathname, type NodeSet, type RecoveryCommand } from '../recovery-programs/types.ts';
import { programFaultSentence } from './recovery-program.ts';

const ON: Record<NodeSet, string> = {
  all: 'Every node that takes part',
  event: 'The node where it happened',
  other: 'Every node but the one where it happened',
};
/** A site event happened on the nodes of the site. */
const AT_SITE: Record<NodeSet, string> = {
  all: ON.all,
  event: 'The nodes of the site',
  other: 'The nodes of the other sites',
};

/** What a line of a recovery program means, for whoever does not read them every day; nothing of a comment. */
export function programLineSentences({ says, faults }: ProgramLine, { atSite = false }: { atSite?: boolean } = {}): string[] {
  if (faults.length > 0) return faults.map(programFaultSentence);
  if (says === 'nothing') return [];
  if (says === 'barrier') return ['No node goes past here until every one has done what stands above, or is lost.'];
  return [`${(atSite ? AT_SITE : ON)[says.nodeSet]}: ${whatWords(says)}. ${statusWords(says)}`];
}

const whatWords = ({ command }: RecoveryCommand): string =>
  isPathname(command)
    ? `the command ${command} alone, with the arguments of the event`
    : `the event ${command}, with all that is customised on it`;

const statusWords = ({ expectedStatus }: RecoveryCommand): string =>
  expectedStatus === 'X' ? 'Any exit status is success.' : `Exit status ${expectedStatus} is success, any other one a failure.`;
