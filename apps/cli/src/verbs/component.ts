import type { ComponentScriptView, ComponentView } from '@fallover/contract';
import { COMPONENT_MODES, COMPONENT_PROFILES, type ComponentMode, type ComponentProfile } from '@fallover/events';
import {
  addComponent as addComponentAddress,
  changeComponent,
  deleteComponent as deleteComponentAddress,
  getComponent,
  listComponents,
  verifyComponent,
} from '../addresses.ts';
import { EXIT, type Io } from '../io.ts';
import { attributes, printLines, printReply, table } from '../print.ts';
import { refuse, reportFault } from '../report.ts';
import type { Result } from '../result.ts';
import type { Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

interface Attributes {
  directory?: string;
  profile?: ComponentProfile;
  mode?: ComponentMode;
  debugScript?: string;
}

const KNOWN = ['DIRECTORY', 'PROFILE', 'MODE', 'DEBUGSCRIPT'] as const;

export async function addComponent(
  component: string,
  words: readonly string[],
  json: true | undefined,
  { io, daemon }: Shell,
): Promise<number> {
  const read = readAttributes(words, io);
  if (!read.ok) return read.error;
  const { directory, ...others } = read.value;
  if (directory === undefined) return refuse(io, 'DIRECTORY is missing. Give directory=DIR, where the event scripts are.');
  const answer = await daemon.ask(addComponentAddress, { parameters: { component }, body: { directory, ...others } });
  return answer.ok ? printReply(io, answer, json, oneLines) : reportFault(io, answer.fault);
}

export async function modifyComponent(
  component: string,
  words: readonly string[],
  json: true | undefined,
  { io, daemon, usage }: Shell,
): Promise<number> {
  if (words.length === 0) return refuse(io, 'Something is missing here.', `Usage: ${usage}`);
  const read = readAttributes(words, io);
  if (!read.ok) return read.error;
  const answer = await daemon.ask(changeComponent, { parameters: { component }, body: read.value });
  return answer.ok ? printReply(io, answer, json, oneLines) : reportFault(io, answer.fault);
}

export async function deleteComponent(component: string, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(deleteComponentAddress, { parameters: { component } });
  return answer.ok ? printReply(io, answer, false, ({ sentence }) => [sentence]) : reportFault(io, answer.fault);
}

export async function queryComponent(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  if (name === undefined) {
    const answer = await daemon.ask(listComponents);
    return answer.ok
      ? printReply(io, answer, json, ({ components, base }) => allLines(components, base))
      : reportFault(io, answer.fault);
  }
  const answer = await daemon.ask(getComponent, { parameters: { component: name } });
  if (!answer.ok) return reportFault(io, answer.fault);
  printReply(io, answer, json, oneLines);
  if (json) return EXIT.done;
  const found = await daemon.ask(verifyComponent, { parameters: { component: name } });
  if (!found.ok) return reportFault(io, found.fault);
  printLines(
    io,
    found.reply.findings.map(({ level, sentence }) => visibleLine(`${level}: ${sentence}`)),
  );
  return EXIT.done;
}

function readAttributes(words: readonly string[], io: Io): Result<Attributes, number> {
  const refused = (sentence: string): Result<Attributes, number> => ({ ok: false, error: refuse(io, sentence) });
  const values = new Map<string, string>();
  for (const word of words) {
    const [, attribute = '', value = ''] = /^([A-Za-z_]+)=(.*)$/s.exec(word) ?? [];
    const known = KNOWN.find((one) => one === attribute.toUpperCase().replace('_', ''));
    if (known === undefined)
      return refused(`"${visibleLine(word)}" is no attribute of a component; known are directory= profile= mode= debugscript=.`);
    if (values.has(known)) return refused(`${known} is given twice; give it once.`);
    values.set(known, value);
  }
  const profile = COMPONENT_PROFILES.find((one) => one === values.get('PROFILE'));
  const mode = COMPONENT_MODES.find((one) => one === values.get('MODE'));
  if (values.has('PROFILE') && profile === undefined) return refused(`PROFILE is one of ${COMPONENT_PROFILES.join(', ')}.`);
  if (values.has('MODE') && mode === undefined) return refused(`MODE is one of ${COMPONENT_MODES.join(', ')}.`);
  const [directory, debugScript] = [values.get('DIRECTORY'), values.get('DEBUGSCRIPT')];
  return {
    ok: true,
    value: {
      ...(directory === undefined ? {} : { directory }),
      ...(profile === undefined ? {} : { profile }),
      ...(mode === undefined ? {} : { mode }),
      ...(debugScript === undefined ? {} : { debugScript }),
    },
  };
}

function allLines(components: readonly ComponentView[], base: string | undefined): string[] {
  if (components.length === 0)
    return [
      base === undefined
        ? 'There is no component: no CTDB base was given (fallover start --ctdb-base DIR), and none was added (fallover add component NAME directory=DIR).'
        : `There is no component below ${base}/events, and none was added.`,
    ];
  return table(
    ['COMPONENT', 'MODE', 'PROFILE', 'SCRIPTS', 'HEALTH', 'RUNS', 'DIRECTORY'],
    components.map(({ name, mode, profile, scripts, health, running, directory }) => [
      ...[name, mode, profile, `${scripts.filter(({ enabled }) => enabled).length} of ${scripts.length}`],
      ...[health.state.replace('_', ' '), running?.event ?? '-', directory],
    ]),
  );
}

function oneLines({
  name,
  directory,
  profile,
  mode,
  source,
  base,
  debugScript,
  fault,
  scripts,
  health,
  running,
}: ComponentView): string[] {
  return [
    ...attributes({
      NAME: name,
      DIRECTORY: directory,
      PROFILE: profile,
      MODE: mode,
      DEBUGSCRIPT: debugScript,
      BASE: base,
      SOURCE: source,
    }),
    ...(fault === undefined ? [] : [visibleLine(fault)]),
    visibleLine(health.sentence),
    ...(running === undefined ? [] : [visibleLine(running.sentence)]),
    ...(scripts.length === 0 ? [] : table(['SCRIPT', 'ENABLED', 'LAST'], scripts.map(scriptRow))),
  ];
}

const scriptRow = ({ name, enabled, link, last }: ComponentScriptView): string[] => [
  name,
  enabled ? (link === undefined ? 'yes' : 'by a link') : 'no',
  Object.entries(last)
    .map(([event, { status }]) => `${event} ${status ?? 'runs'}`)
    .join(', ') || '-',
];
