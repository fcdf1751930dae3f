import type { EventSequence, SequenceStep } from '@fallover/events';

/** A step as it is drawn. */
export interface DrawnStep {
  x: number;
  y: number;
  width: number;
  height: number;
  /** `name`: the event; `call`: a sub-event that it calls; `note`: words. */
  lines: { text: string; kind: 'name' | 'args' | 'call' | 'note'; y: number; marked: boolean }[];
  isEvent: boolean;
  /** The event that the drawing is about. */
  marked: boolean;
}

export interface SequenceDrawing {
  width: number;
  height: number;
  lanes: { x: number; text: string }[];
  steps: DrawnStep[];
  /** From the middle of one step's lower edge to the middle of the next one's upper edge. */
  arrows: { x1: number; y1: number; x2: number; y2: number }[];
}

const LANE = 232;
const GAP = 16;
const WIDTH = LANE * 2 + GAP;
const HEAD = 28;
const BETWEEN = 18;
const PADDING = 8;
const LINE = 16;
/** Characters of a note that fit beside each other in one lane, and in both. */
const FITS = { one: 34, both: 72 };

export function layoutSequence(sequence: EventSequence, about: string): SequenceDrawing {
  const steps: DrawnStep[] = [];
  let y = HEAD;
  for (const step of sequence.steps) {
    const drawn = drawStep(step, y, about);
    steps.push(drawn);
    y += drawn.height + BETWEEN;
  }
  const hasOther = sequence.steps.some(({ lane }) => lane !== 'event');
  return {
    width: WIDTH,
    height: y - BETWEEN + 4,
    lanes: [
      { x: LANE / 2, text: sequence.lanes.event },
      ...(hasOther ? [{ x: LANE + GAP + LANE / 2, text: sequence.lanes.other }] : []),
    ],
    steps,
    arrows: steps.slice(1).map((step, index) => {
      const from = steps[index] as DrawnStep;
      return { x1: middle(from, step), y1: from.y + from.height, x2: middle(step, from), y2: step.y };
    }),
  };
}

/** A step over both lanes is left and entered where the other one is. */
const middle = (step: DrawnStep, other: DrawnStep): number => {
  const narrow = step.width <= other.width ? step : other;
  return step.width === WIDTH ? narrow.x + narrow.width / 2 : step.x + step.width / 2;
};

function drawStep(step: SequenceStep, y: number, about: string): DrawnStep {
  const both = step.lane === 'all';
  const fits = both ? FITS.both : FITS.one;
  const texts: Omit<DrawnStep['lines'][number], 'y'>[] = [];
  const note = (text: string | undefined): void => {
    for (const line of text === undefined ? [] : wrapped(text, fits)) texts.push({ text: line, kind: 'note', marked: false });
  };
  if (step.event !== undefined) texts.push({ text: step.event, kind: 'name', marked: step.event === about });
  if (step.args !== undefined) texts.push({ text: step.args, kind: 'args', marked: false });
  note(step.says);
  note(step.when);
  for (const call of step.calls ?? []) texts.push({ text: `→ ${call}`, kind: 'call', marked: call === about });
  return {
    x: both || step.lane === 'event' ? 0 : LANE + GAP,
    y,
    width: both ? WIDTH : LANE,
    height: texts.length * LINE + PADDING * 2,
    lines: texts.map((line, index) => ({ ...line, y: y + PADDING + LINE * index + 12 })),
    isEvent: step.event !== undefined,
    marked: step.event === about || (step.calls ?? []).includes(about),
  };
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
