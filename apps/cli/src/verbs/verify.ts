import type { VerificationResult } from '@fallover/contract';
import { getVerification, verify as verifyAddress } from '../addresses.ts';
import { findingLines } from '../finding-lines.ts';
import { EXIT } from '../io.ts';
import { attributes, printReply } from '../print.ts';
import { reportFault, wordsOf } from '../report.ts';
import { seconds } from '../run-progress.ts';
import { shellTime } from '../shell-time.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { countWords } from '../value-text.ts';
import { visibleLine } from '../visible.ts';

export const verify: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { active: 'flag', json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const answer = await daemon.ask(verifyAddress, { body: { of: read.options.active ? 'active' : 'draft' } });
  if (!answer.ok) return reportFault(io, answer.fault);
  printReply(io, answer, read.options.json, resultLines);
  return answer.reply.errors === 0 ? EXIT.done : EXIT.failed;
};

/** What is found stands before what was looked at, so that the last line says how it went. */
function resultLines(result: VerificationResult): string[] {
  const looked = result.nodes.filter((node) => node.looked).map(({ node }) => node);
  const not = result.nodes.filter((node) => !node.looked).map(({ node }) => node);
  const what = result.of === 'draft' ? 'The draft' : 'The active revision';
  return [
    ...findingLines(result.findings),
    ...(result.etcd === undefined ? [] : [visibleLine(result.etcd)]),
    `${what}: ${foundWords(result)}. ${countWords(result.commands, 'command')} looked at on ${looked.join(', ') || 'no node'}${not.length === 0 ? '' : `, not on ${not.join(', ')}`}, in ${seconds(result.durationMs)}`,
  ];
}

const foundWords = ({ errors, warnings }: Pick<VerificationResult, 'errors' | 'warnings'>): string =>
  `${errors === 0 ? 'no errors' : countWords(errors, 'error')}, ${warnings === 0 ? 'no warnings' : countWords(warnings, 'warning')}`;

/** `query verification`: what the last ones found, without doing it again. */
export async function queryVerification(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getVerification);
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, ({ draft, active, daily }) => [
    ...attributes({
      DAILY: daily ? `at ${daily.hour} on ${daily.node}, next ${daily.next}` : 'no',
      DRAFT: draft && lastWords(draft),
      ACTIVE: active && lastWords(active),
      ETCD: (active ?? draft)?.etcd,
    }),
    ...[draft, active].flatMap((result) =>
      result && result.findings.length > 0
        ? [
            '',
            `Found in the ${result.of === 'draft' ? 'draft' : 'active revision'} at ${shellTime(result.at)}`,
            ...findingLines(result.findings),
          ]
        : [],
    ),
  ]);
}

const lastWords = (result: VerificationResult & { upToDate: boolean }): string =>
  `${foundWords(result)}, at ${result.at} by ${result.automatic ? 'itself' : result.by}${result.upToDate ? '' : '; it was changed since'}`;
