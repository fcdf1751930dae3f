import { readdirSync, readFileSync } from 'node:fs';

/** A process that some step's command is, or has started; told by its environment. */
export interface StepProcess {
  pid: number;
  /** With the pid it tells this process from a later one. */
  startTime: string;
  step: string;
}

/** The processes of all steps of this state directory, found without the help of the product. */
export function stepProcesses(stateDirectory: string): StepProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^[0-9]+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1').split('\0');
      if (!environment.includes(`FALLOVER_STATE=${stateDirectory}`)) return [];
      const step = environment.find((entry) => entry.startsWith('FALLOVER_STEP='))?.slice('FALLOVER_STEP='.length);
      const startTime = startTimeOf(Number(name));
      return step === undefined || startTime === undefined ? [] : [{ pid: Number(name), startTime, step }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

export const stillRuns = ({ pid, startTime }: StepProcess): boolean => startTimeOf(pid) === startTime;

/** Undefined for a process that has ended, also when nobody has waited for it yet. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}
