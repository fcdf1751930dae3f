import { createHash, randomBytes } from 'node:crypto';
import { err, ok, type Result, type TokenRefusal } from '@fallover/events';

/** The join tokens that were made here. In memory only: after a restart none is good any more, so none is good twice. */
export interface JoinTokens {
  issue(node: string): { secret: string; expiresAt: number };
  /**
   * Takes the token for this one attempt: whoever comes with it meanwhile finds it used. `giveBack` where nothing was signed.
   */
  redeem(secret: string, node: string): Result<{ giveBack(): void }, TokenRefusal>;
}

const HOLDS_MS = 15 * 60_000;
/** What became of a token is remembered for so long, to be told in a sentence. */
const REMEMBERED_MS = 24 * 3_600_000;
const MOST_KEPT = 1_000;
const MOST_WRONG = 20;
const WRONG_WITHIN_MS = 60_000;

interface Issued {
  node: string;
  expiresAt: number;
  used: boolean;
}

export function joinTokens({ now }: { now(): number }): JoinTokens {
  const issued = new Map<string, Issued>();
  let wrong: number[] = [];

  return {
    issue(node) {
      const secret = randomBytes(32).toString('base64url');
      for (const [key, { expiresAt }] of issued)
        if (expiresAt + REMEMBERED_MS < now() || issued.size >= MOST_KEPT) issued.delete(key);
      const expiresAt = now() + HOLDS_MS;
      issued.set(hashOf(secret), { node, expiresAt, used: false });
      return { secret, expiresAt };
    },

    redeem(secret, node) {
      wrong = wrong.filter((at) => at > now() - WRONG_WITHIN_MS && at <= now());
      if (wrong.length >= MOST_WRONG) return err('too_many');
      const token = issued.get(hashOf(secret));
      const refused = refusalOf(token, node, now());
      if (refused) wrong.push(now());
      if (refused || !token) return err(refused ?? 'not_known');
      token.used = true;
      return ok({
        giveBack() {
          token.used = false;
        },
      });
    },
  };
}

function refusalOf(token: Issued | undefined, node: string, at: number): TokenRefusal | undefined {
  if (!token) return 'not_known';
  if (token.used) return 'used';
  if (at >= token.expiresAt) return 'expired';
  return token.node === node ? undefined : 'of_another_node';
}

/** Kept instead of the secret; looking it up tells nothing of another one by the time it takes. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
