import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { err, ok, parseFullPathname, quoted } from '@fallover/events';
import { z } from 'zod';
import { capped, conversation } from '../conversation.ts';
import { settingsSchema } from '../schema.ts';
import type { Transport } from '../transport.ts';
import { commandCall } from './call.ts';
import { commandDeliveryFault } from './faults.ts';

const TRY_AGAIN_LATER = 75; // EX_TEMPFAIL of sysexits.h

const commandSettings = settingsSchema({
  command: z
    .string()
    .refine(
      (text) => parseFullPathname(text, 'command').ok,
      'Type a full pathname without arguments, such as /usr/local/bin/page.',
    )
    .meta({
      title: 'Command',
      description:
        'Full pathname of a script that sends the message. It gets the arguments EVENT, MOMENT and RECIPIENT (empty if there is none), the text on standard input, and FALLOVER_SUBJECT, FALLOVER_SEVERITY, FALLOVER_CLUSTER, FALLOVER_NODE, FALLOVER_ARGS, FALLOVER_RUN, FALLOVER_AT, FALLOVER_LINK, FALLOVER_DEDUPE and FALLOVER_THREAD in its environment, with a drill FALLOVER_DRILL=1. Status 0 means sent, 75 that it is to be run again later, any other that it failed. It is trusted by the same rules as the command of an event.',
      placeholder: '/usr/local/bin/page',
      perNode: true,
    }),
});

export const command: Transport<typeof commandSettings> = {
  kind: 'command',
  title: 'Command',
  description: 'A script of your own, for whatever else there is.',
  contact: {
    label: 'Recipients',
    description: 'One or more words with blanks between them; the command is called for each. Default: it is called once.',
    placeholder: 'oncall',
    required: false,
  },
  settings: commandSettings,
  recipients(contact) {
    const words = contact.split(/\s+/).filter(Boolean);
    const wrong = words.find((word) => word.startsWith('-') || word.length > 256 || /\p{C}/u.test(word));
    if (wrong === undefined) return ok(words.length === 0 ? [''] : [...new Set(words)]);
    const sentence = `${quoted(wrong)} cannot be an argument of a command. Type words of at most 256 characters that do not begin with a hyphen.`;
    return err({ setting: 'contact', code: 'not_an_argument', sentence });
  },
  async checkNode({ command: path }) {
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) return undefined;
      return commandDeliveryFault({ code: 'command_not_there', path, reason: 'not a regular file' });
    } catch (error) {
      return commandDeliveryFault({
        code: 'command_not_there',
        path,
        reason: (error as NodeJS.ErrnoException).code ?? 'unknown',
      });
    }
  },
  async send(message, recipient, { command: path }, context) {
    const { signal } = context;
    const told = conversation(context, (text) => text);
    if (signal.aborted) return err(commandDeliveryFault({ code: 'command_timed_out', path }));
    const call = commandCall(message, recipient);
    told.note(`Runs ${path} ${call.args.join(' ')}`.trimEnd());
    told.sent(call.input);
    const end = await context.runCommand({ path, ...call, signal });
    if ('refused' in end) return err(commandDeliveryFault({ code: 'command_not_started', path, reason: end.refused }));
    const output = capped(end.output);
    if (output !== '') told.received(output);
    told.note(`It ended with status ${end.status}.`);
    if (end.status === 0) return ok({ answer: output.trim() === '' ? 'Status 0.' : output.trimEnd() });
    if (signal.aborted) return err(commandDeliveryFault({ code: 'command_timed_out', path }));
    if (end.status === TRY_AGAIN_LATER) return err(commandDeliveryFault({ code: 'command_deferred', path, output }));
    return err(commandDeliveryFault({ code: 'command_failed', path, status: end.status, output }));
  },
};
