import type { CommandRunner } from '../notification/run-command.ts';
import type { Component } from './component-events.ts';
import type { PrintedStatus } from './observe.ts';

const CTDB = '/usr/bin/ctdb';
/** It asks a daemon on this node; one that hangs is no reason to wait for. */
const TIMEOUT_MS = 5_000;
/** Of a component whose place below a base is not known. */
const BASE = '/etc/ctdb';

/**
 * What `ctdb event status COMPONENT EVENT` prints, with its dates in UTC; undefined where there is no ctdb, or it did not end.
 */
export const ctdbStatus =
  ({ runCommand, testMode }: { runCommand: CommandRunner; testMode?: string | undefined }) =>
  async ({ name, base = BASE }: Component, event: string): Promise<PrintedStatus | undefined> => {
    const end = await runCommand({
      path: CTDB,
      args: ['event', 'status', name, event],
      environment: { CTDB_BASE: base, TZ: 'UTC', ...(testMode ? { CTDB_TEST_MODE: testMode } : {}) },
      input: '',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return 'refused' in end ? undefined : { text: end.output, status: end.status };
  };
