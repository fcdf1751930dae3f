import type { FindingView } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';
import { inAttribute } from './entry-wording.ts';
import { visibleLine } from './visible.ts';

/** What verification found, errors first, each below the entry that it is about; errors with the option that overrides them. */
export function findingLines(findings: readonly FindingView[], { override = true } = {}): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return [...group(override ? 'Errors' : 'Errors that were overridden', errors, override), ...group('Warnings', warnings, false)];
}

function group(title: string, findings: readonly FindingView[], override: boolean): string[] {
  if (findings.length === 0) return [];
  const headings = [...new Set(findings.map(headingOf))];
  return [
    `${title}:`,
    ...headings.flatMap((heading) => [
      `  ${heading}`,
      ...findings.filter((finding) => headingOf(finding) === heading).flatMap((finding) => linesOf(finding, override)),
    ]),
  ];
}

/** The entry, in the words that a command line has for it. */
const headingOf = ({ class: entryClass, name, node }: FindingView): string => {
  if (entryClass === undefined) return node === undefined ? 'the configuration' : `node ${visibleLine(node)}`;
  return name === undefined ? CLASS_WORDS[entryClass].several : `${CLASS_WORDS[entryClass].one} ${visibleLine(name)}`;
};

const linesOf = (finding: FindingView, override: boolean): string[] => [
  `    ${visibleLine(inAttribute(finding, finding.class))}`,
  ...(override ? [`      ${wayPast(finding)}`] : []),
];

const wayPast = ({ overridable, id }: FindingView): string =>
  overridable ? `to make it active all the same: --override ${visibleLine(id)}` : 'this cannot be overridden';
