import { LONGEST_SCRIPT } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { entryView } from './entries.ts';
import { revision, warning } from './entry-fields.ts';

export { LONGEST_SCRIPT };

export const scriptView = entryView.extend({
  /** The full pathname that a command is configured with. */
  path: z.string(),
  /** What the file of the active revision on this node is: as it should be, missing, or other than it was laid down. */
  laidDown: z.enum(['as_configured', 'missing', 'differs', 'not_active']),
});

export const listScripts = {
  method: 'GET',
  path: '/api/v1/scripts',
  permission: 'monitor',
  audit: 'none',
  summary: 'The script library: whether it is on, its directory and its scripts',
  reply: z.object({ enabled: z.boolean(), directory: z.string().optional(), scripts: z.array(scriptView) }),
} as const satisfies Endpoint;

const name = z.object({ name: z.string() });

export const getScript = {
  method: 'GET',
  path: '/api/v1/scripts/{name}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One script with its text in the draft and in the active revision',
  parameters: name,
  reply: scriptView.extend({ draftText: z.string().optional(), activeText: z.string().optional() }),
} as const satisfies Endpoint;

/** A line of a script that its interpreter cannot read. */
const syntaxFinding = z.object({ line: z.number().int().optional(), sentence: z.string() });

export const checkScript = {
  method: 'POST',
  path: '/api/v1/script-check',
  permission: 'admin',
  audit: 'none',
  summary: 'What the interpreter says of a script without running it (sh -n)',
  body: z.strictObject({ text: z.string().max(LONGEST_SCRIPT) }),
  reply: z.object({ checked: z.boolean(), interpreter: z.string().optional(), findings: z.array(syntaxFinding) }),
} as const satisfies Endpoint;

export const changeScript = {
  method: 'PUT',
  path: '/api/v1/scripts/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Add or change a script of the library in the draft',
  parameters: name,
  body: z.strictObject({ revision, text: z.string().min(1).max(LONGEST_SCRIPT), remark: z.string().max(1024).optional() }),
  reply: z.object({ script: scriptView, warnings: z.array(warning) }),
} as const satisfies Endpoint;
