import type { RecoveryProgram } from './types.ts';

/** The text of a program, as `parseProgram` reads it. */
export const printProgram = (program: RecoveryProgram): string =>
  program
    .map((phase) =>
      phase.map(({ nodeSet, command, expectedStatus }) => `${nodeSet} "${command}" ${expectedStatus} NULL\n`).join(''),
    )
    .join('barrier\n');
