import { type CommandInput, type CommandName, commandLine, type Endpoint, hasCommandLine } from '@fallover/contract';

const LONGEST_JSON = 8192;

/**
 * What the audit trail keeps of a request: the lines of `fallover` that do the same, from which smit.script is made; what has
 * none is kept as it was asked for. Of sign in and set-up only the name: the rest is secret.
 */
export function auditDetail(
  name: string,
  endpoint: Endpoint,
  { parameters, query, body, before }: { parameters: unknown; query: unknown; body: unknown; before?: object | undefined },
  address: string,
): string {
  if (endpoint.audit === 'access') return JSON.stringify({ name: (body as { name?: unknown } | undefined)?.name, address });
  const lines = hasCommandLine(name)
    ? commandLine(name, { parameters, query, body } as CommandInput<CommandName>, before as Parameters<typeof commandLine>[2])
    : [];
  if (lines.length > 0) return lines.join('\n');
  const text = JSON.stringify({ body });
  return text.length > LONGEST_JSON ? `${text.slice(0, LONGEST_JSON)}… (${text.length} characters)` : text;
}
