/** A system call as strace tells it; a call that others came between is one, from where it began to where it ended. */
export interface SystemCall {
  process: number;
  name: string;
  /** Arguments and result, with the paths of descriptors (`-y`). */
  text: string;
  began: number;
  ended: number;
}

/** The calls in the order in which they began, from the output of `strace -f -o`. */
export function parseSystemCalls(output: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, SystemCall>();
  for (const [index, line] of output.split('\n').entries()) {
    const [, process = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const [, resumed, end = ''] = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest) ?? [];
    const [, name, text = ''] = /^(\w+)\((.*)$/.exec(rest) ?? [];
    if (resumed !== undefined) {
      const call = unfinished.get(`${process} ${resumed}`);
      if (!call) continue;
      call.text += end;
      call.ended = index;
      unfinished.delete(`${process} ${resumed}`);
    } else if (name !== undefined) {
      const call = {
        process: Number(process),
        name,
        text: text.replace(/ <unfinished \.\.\.>$/, ''),
        began: index,
        ended: index,
      };
      if (text.endsWith('<unfinished ...>')) {
        unfinished.set(`${process} ${name}`, call);
        call.ended = Number.POSITIVE_INFINITY;
      }
      calls.push(call);
    }
  }
  return calls;
}
