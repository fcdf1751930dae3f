import { isBesideTheBlock, readTimeInWords } from './lines.ts';
import type { EventSummary, Place, SummarizedAction } from './types.ts';

/** A summary block as far as it was read. */
export interface Block {
  at: Place;
  text: string;
  lines: number;
  /** `head` until the line `Action:`, then the rule below it, then the actions until the closing rule. */
  part: 'head' | 'rule' | 'actions' | 'ended';
}

/** A block of an ill-formed log ends here, so that no log can fill the memory. */
const LONGEST_HEAD = 40;
const MOST_LINES = 20_000;
const MOST_TEXT = 256 * 1024;
const LEFT_OUT = '… The rest of this summary is left out: it is longer than 256 KiB.';

export const openBlock = (title: string, at: Place): Block => ({ at, text: title.trim(), lines: 1, part: 'head' });

const RULE = /^\s*-{10,}\s*$/;

/** The block with one more line; `ended` with its last. */
export function addToBlock(block: Block, line: string): Block {
  if (isBesideTheBlock(line)) return block;
  const lines = block.lines + 1;
  const part = partAfter(block.part, line);
  if (block.text.length + line.length > MOST_TEXT)
    return { ...block, text: block.text.endsWith(LEFT_OUT) ? block.text : `${block.text}\n${LEFT_OUT}`, lines, part };
  const tooLong = lines >= (part === 'head' ? LONGEST_HEAD : MOST_LINES);
  return { ...block, text: `${block.text}\n${line}`, lines, part: tooLong ? 'ended' : part };
}

function partAfter(part: Block['part'], line: string): Block['part'] {
  if (part === 'head') return /^\s*Action:/.test(line) ? 'rule' : 'head';
  if (!RULE.test(line)) return part;
  return part === 'rule' ? 'actions' : 'ended';
}

const FIELD = /^\s*(Event|Start time|End time|Serial number for this event):\s*(\S.*?)\s*$/;
const ACTION = /^\s*(\S[^:]*):\s+(\S(?:.*\S)?)\s+(\S+)\s*$/;
const SEARCH_ON = /^\s*Search on:\s*(\S+)/;

export type ReadBlock = Omit<EventSummary, 'outcome' | 'status'>;

/** What a block says; undefined when it does not name an event. */
export function readBlock({ at, text }: Block): ReadBlock | undefined {
  const fields = new Map<string, string>();
  const actions: SummarizedAction[] = [];
  let inHead = true;
  for (const line of text.split('\n')) {
    const [, field, value] = (inHead ? FIELD.exec(line) : undefined) ?? [];
    const [, searchOn] = SEARCH_ON.exec(line) ?? [];
    const [, action, resource, scriptName] = (inHead || searchOn ? undefined : ACTION.exec(line)) ?? [];
    const last = actions.at(-1);
    if (/^\s*Action:/.test(line)) inHead = false;
    else if (field && value) fields.set(field, fields.get(field) ?? value);
    else if (searchOn && last) last.searchOn ??= searchOn;
    else if (action && resource && scriptName) actions.push({ action, resource, scriptName });
  }
  const event = fields.get('Event');
  const startTime = readTimeInWords(fields.get('Start time') ?? '');
  const endTime = readTimeInWords(fields.get('End time') ?? '');
  const serialNumber = fields.get('Serial number for this event');
  if (event === undefined) return undefined;
  return {
    ...at,
    event,
    name: nameOf(event),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    actions,
    text,
  };
}

/** The first word; of a full pathname its last component. */
export const nameOf = (event: string): string => (event.split(/\s/, 1)[0] ?? '').split('/').at(-1) ?? '';
