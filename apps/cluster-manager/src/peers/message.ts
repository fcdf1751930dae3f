import { CERTIFICATE_REFUSALS, type CertificateRefusal, err, ok, type PeerFault, type Result } from '@fallover/events';
import { z } from 'zod';
import { type Asker, asker } from './calls.ts';
import { parsed } from './parsed.ts';

/** What goes from one cluster manager to another: a protocol number, and the name of a call with its input. */
export interface Question {
  protocol: number;
  call: string;
  input: unknown;
  asker?: Asker | undefined;
}

/** `protocol` stands in every message of every release, so that a difference can be told in a sentence. */
const question = z.object({ protocol: z.number(), call: z.string(), input: z.unknown(), asker: asker.optional() });
const protocolOnly = z.object({ protocol: z.number() });
const refusal = z.object({
  code: z.string().max(64),
  status: z.number().int().min(400).max(599),
  sentence: z.string().max(4096),
});
const answer = z.object({
  protocol: z.number(),
  answer: z.union([
    z.object({ ok: z.unknown() }),
    z.object({ refused: refusal }),
    z.object({ not: z.enum(['protocol_differs', 'not_understood', 'busy', 'failed']) }),
    z.object({ certificate: z.enum(CERTIFICATE_REFUSALS) }),
  ]),
});

export type Answered =
  | { ok: unknown }
  | { refused: { code: string; status: number; sentence: string } }
  | { not: 'protocol_differs' | 'not_understood' | 'busy' | 'failed' }
  | { certificate: CertificateRefusal };

export const writeQuestion = (asked: Question): string => JSON.stringify(asked);
export const writeAnswer = (protocol: number, answered: Answered): string => JSON.stringify({ protocol, answer: answered });

export function readQuestion(text: string, own: number): Question | { not: 'protocol_differs' | 'not_understood' } {
  const json = parsed(text);
  const version = protocolOnly.safeParse(json);
  if (!version.success) return { not: 'not_understood' };
  if (version.data.protocol !== own) return { not: 'protocol_differs' };
  const read = question.safeParse(json);
  return read.success ? read.data : { not: 'not_understood' };
}

export function readAnswer(node: string, text: string, own: number): Result<unknown, PeerFault> {
  const json = parsed(text);
  const version = protocolOnly.safeParse(json);
  if (version.success && version.data.protocol !== own)
    return err({ code: 'peer_protocol_differs', node, own, theirs: version.data.protocol });
  const read = answer.safeParse(json);
  if (!read.success) return err({ code: 'peer_answer_not_understood', node });
  const answered = read.data.answer;
  if ('certificate' in answered) return err({ code: 'peer_refuses_certificate', node, reason: answered.certificate });
  if ('refused' in answered) return err({ code: 'peer_refused', node, refusal: answered.refused });
  if ('not' in answered) return err(answered.not === 'busy' ? { code: 'peer_busy', node } : notUnderstood(node));
  return 'ok' in answered ? ok(answered.ok) : err(notUnderstood(node));
}

const notUnderstood = (node: string): PeerFault => ({ code: 'peer_answer_not_understood', node });
