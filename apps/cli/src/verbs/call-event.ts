import { callEvent as address } from '../addresses.ts';
import { NOT_RUN } from '../io.ts';
import { refuse, reportFault } from '../report.ts';
import type { RunVerb } from '../shell.ts';

/** Every word behind EVENT is an argument, whatever it looks like. */
export const callEvent: RunVerb = async (args, { io, daemon, usage }) => {
  const [event, ...eventArgs] = args[0] === '--' ? args.slice(1) : args;
  if (event === undefined) {
    refuse(io, 'EVENT is missing: the name of the sub-event to call.', `Usage: ${usage}`);
    return NOT_RUN;
  }
  const step = io.env['FALLOVER_STEP'];
  if (!step) {
    refuse(
      io,
      'FALLOVER_STEP is not set: call-event works only in the script of a step that runs.',
      `To run an event by hand, use "fallover run ${event}".`,
    );
    return NOT_RUN;
  }
  const answer = await daemon.ask(address, { body: { step, event, args: eventArgs } });
  if (answer.ok) return answer.reply.status;
  reportFault(io, answer.fault);
  return NOT_RUN;
};
