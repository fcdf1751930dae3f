import { describe, expect, it } from 'vitest';
import { NOTIFICATION_PLANTS } from './plants.ts';
import { notificationCrash } from './rounds.ts';

const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);

it('every notification arrives, or it is said that it did not, while the daemon is killed', async () => {
  const rounds = 3;
  const { violations, mails, kills } = await notificationCrash({ rounds, seed, refuses: false });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(kills).toBe(rounds);
  expect(mails).toBeGreaterThan(rounds);
}, 300_000);

describe.concurrent('a planted bug is caught', () => {
  it.each(Object.keys(NOTIFICATION_PLANTS))(
    '%s',
    async (plant) => {
      const { violations } = await notificationCrash({ rounds: 2, seed, refuses: false, plant, settlesWithinMs: 10_000 });
      expect(violations, `seed ${seed}`).not.toEqual([]);
    },
    300_000,
  );
});
