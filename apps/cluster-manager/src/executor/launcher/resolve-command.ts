import { err, isPathname, ok, parseFullPathname, parseStepId, type Result, type StartFault } from '@fallover/events';
import type { StartRequest } from '../executor.ts';
import type { Revision } from './revisions.ts';

/** The command that the revision has for this step on this node; a request cannot name any other. */
export function resolveCommand(revision: Revision, request: StartRequest, node: string): Result<string, StartFault> {
  const refused = err<StartFault>({ code: 'not_in_active_configuration', path: request.customEvent ?? request.event });
  const path = parseStepId(request.step);
  if (path?.node !== node) return refused;
  const customization = revision.customization(request.event);
  const place = Number(path.steps.at(-1)?.key.split('.')[1]);
  const command = (): string | undefined => {
    switch (request.kind) {
      case 'command':
        // A program is of a root event; no sub-event has one.
        return path.steps.length === 1 ? commandOfProgram(revision, request.event, place) : undefined;
      case 'notify_start':
      case 'notify_complete':
        return customization.notifyCommand;
      case 'event':
        return customization.eventCommand;
      case 'recovery':
        return customization.recoveryCommand;
      case 'pre_event':
      case 'post_event':
        return undefined;
    }
  };
  if (request.kind === 'pre_event' || request.kind === 'post_event') {
    const listed = request.kind === 'pre_event' ? customization.preEvents : customization.postEvents;
    const customEvent = listed[place - 1];
    if (customEvent === undefined || customEvent.name !== request.customEvent) return refused;
    if (customEvent.script === undefined) return err({ code: 'custom_event_not_defined', path: customEvent.name });
    return fullPathname(customEvent.script);
  }
  const found = command();
  return found === undefined ? refused : fullPathname(found);
}

/** By its place in the program, from 1. */
function commandOfProgram(revision: Revision, event: string, place: number): string | undefined {
  const command = revision.program(event)?.flat()[place - 1]?.command;
  return command !== undefined && isPathname(command) ? command : undefined;
}

function fullPathname(path: string): Result<string, StartFault> {
  const parsed = parseFullPathname(path, 'command');
  return parsed.ok ? ok(parsed.value) : err({ code: 'cannot_start', path, reason: parsed.error.code });
}
