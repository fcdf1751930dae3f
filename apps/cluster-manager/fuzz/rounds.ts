import { createHash } from 'node:crypto';
import { exchangeNoteSentence, exchangeSentence, IMPORT_FORMATS, type ImportPlan, planImport } from '@fallover/events';
import { chance } from '../crash/chance.ts';
import { DRAFT, LARGE } from './corpus.ts';
import { mutated } from './mutate.ts';

export interface FuzzFigures {
  /** How many ended in a diff, in no change, and in each fault. */
  diffs: number;
  unchanged: number;
  faults: Record<string, number>;
  /** Milliseconds of processor time of the slowest file, per MiB or part of one: the least of three times. */
  slowest: { ms: number; round: number; length: number };
  /** The most that any file took, what the garbage of the files before it took included. */
  slowestOnce: number;
  violations: { round: number; what: string }[];
}

/** Reads mutated files into a draft: each ends in a fault with its sentence, or in a diff that is done once. */
export function fuzz({ rounds, seed }: { rounds: number; seed: number }): FuzzFigures {
  const figures: FuzzFigures = {
    diffs: 0,
    unchanged: 0,
    faults: {},
    slowest: { ms: 0, round: 0, length: 0 },
    slowestOnce: 0,
    violations: [],
  };
  const root = chance(seed);
  for (let round = 1; round <= rounds; round += 1) {
    const own = root.fork();
    const text = mutated(own);
    const asked = {
      text,
      ...(own.whole(4) === 0 ? { format: own.pick(IMPORT_FORMATS) } : {}),
      ...(own.whole(2) === 0 ? { whole: own.whole(2) === 0 } : {}),
    };
    try {
      const { planned, ms } = timed(asked);
      if (ms > figures.slowest.ms) {
        // A file that is slow is so each time; one beside which the garbage of others is collected is so once.
        const least = Math.min(ms, timed(asked).ms, timed(asked).ms);
        if (least > figures.slowest.ms) figures.slowest = { ms: least, round, length: text.length };
        figures.slowestOnce = Math.max(figures.slowestOnce, ms);
      }
      if (!planned.ok) {
        for (const fault of planned.error)
          if (exchangeSentence(fault).length < 10) throw new Error(`no sentence for ${fault.code}`);
        const [first] = planned.error;
        if (!first) throw new Error('refused without a fault');
        figures.faults[first.code] = (figures.faults[first.code] ?? 0) + 1;
        continue;
      }
      for (const note of planned.value.notes)
        if (exchangeNoteSentence(note).length < 10) throw new Error(`no sentence for ${note.code}`);
      const again = planInto(asked, planned.value.after);
      if (!again.ok || again.value.changes.length > 0)
        throw new Error('a file that is read twice changes something the second time');
      if (planned.value.changes.length > 0) figures.diffs += 1;
      else figures.unchanged += 1;
    } catch (error) {
      figures.violations.push({ round, what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    if (Object.hasOwn(Object.prototype, 'cluster')) throw new Error('an import has changed the prototype of all objects');
  }
  return figures;
}

/**
 * Milliseconds of processor time for a first file of almost 1 MiB of each format, and thereby the end of what a process
 * does only once: its code is compiled as it is used. The rounds that follow are measured without that.
 */
export function warmUp(): number[] {
  const first = LARGE.map((text) => timed({ text }).ms);
  for (let again = 0; again < 6; again += 1) for (const text of LARGE) timed({ text, whole: again % 2 === 0 });
  return first;
}

/** Milliseconds of processor time, for each MiB where there are more. */
function timed(asked: Asked) {
  const began = process.threadCpuUsage();
  const planned = planInto(asked, DRAFT.entries);
  const { user, system } = process.threadCpuUsage(began);
  return { planned, ms: (user + system) / 1000 / Math.max(1, asked.text.length / 1024 / 1024) };
}

type Asked = Parameters<typeof planImport>[0];

const planInto = (asked: Asked, entries: ImportPlan['after']) =>
  planImport(asked, {
    draft: { ...DRAFT, entries },
    liveNodes: ['nodea', 'nodeb'],
    sealed: (settings) => [...settings],
    digestOf: (text) => createHash('sha256').update(text).digest('hex'),
  });
