import type { ExpectedStatus } from '../runs/types.ts';

/** All nodes that take part, the one where the event happened, or all but that one. */
export const NODE_SETS = ['all', 'event', 'other'] as const;
export type NodeSet = (typeof NODE_SETS)[number];

export interface RecoveryCommand {
  nodeSet: NodeSet;
  /** The name of a cluster event, or a full pathname. */
  command: string;
  expectedStatus: ExpectedStatus;
}

/** Recovery commands between two barriers start in parallel. No phase is empty. */
export type RecoveryProgram = RecoveryCommand[][];

/** A full pathname is run as it is; the name of an event, which has no slash, through the pipeline of that event. */
export const isPathname = (command: string): boolean => command.startsWith('/');

/** What is wrong on a line of a recovery program; lines count from 1. */
export type ProgramFault = { line: number } & (
  | { code: 'line_not_plain_text'; text: string }
  | { code: 'unknown_node_set'; text: string; suggestion?: string }
  | { code: 'words_after_barrier'; text: string }
  | { code: 'command_missing'; nodeSet: string }
  | { code: 'command_not_quoted'; text: string; quotedAs: string }
  | { code: 'quote_not_closed'; text: string }
  | { code: 'command_with_arguments'; text: string }
  | { code: 'not_a_full_pathname'; text: string }
  | { code: 'pathname_too_long'; most: number }
  | { code: 'not_an_event'; text: string; suggestion?: string }
  | { code: 'expected_status_missing' }
  | { code: 'not_an_expected_status'; text: string }
  | { code: 'null_missing' }
  | { code: 'not_null'; text: string }
  | { code: 'words_after_null'; text: string }
  | { code: 'no_recovery_command' }
);
