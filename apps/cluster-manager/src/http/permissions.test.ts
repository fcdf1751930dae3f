import { type Endpoint, ROLES } from '@fallover/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, site } from './app.test-support.ts';
import { ENDPOINTS } from './endpoints.ts';

const CALLERS = ['signed out', ...ROLES, 'control socket'] as const;
type Caller = (typeof CALLERS)[number];

/** Who gets past the gate, written down apart from the code that decides it. */
const LET_IN: Record<Endpoint['permission'], readonly Caller[]> = {
  public: CALLERS,
  monitor: ['monitor', 'operator', 'admin', 'control socket'],
  operator: ['operator', 'admin', 'control socket'],
  admin: ['admin', 'control socket'],
  step: ['control socket'],
};
const REFUSALS = ['not_signed_in', 'not_permitted', 'only_over_control_socket'];

describe('the gate', () => {
  let daemon: Awaited<ReturnType<typeof site>>;
  beforeAll(async () => {
    daemon = await site();
  });
  afterAll(() => daemon.close());

  it.each(Object.entries(ENDPOINTS as Record<string, Endpoint>))(
    'lets in to %s whom its permission names, and nobody else',
    async (_, endpoint) => {
      const letIn: Caller[] = [];
      for (const caller of CALLERS) {
        const local = caller === 'control socket';
        const cookie = local || caller === 'signed out' ? undefined : daemon.cookieOf(caller);
        const got = await daemon.knock(addressOf(endpoint), { method: endpoint.method, cookie, local });
        expect(got.status).not.toBe(404);
        if (!REFUSALS.includes(got.json?.code)) letIn.push(caller);
      }
      expect(letIn).toEqual(LET_IN[endpoint.permission]);
    },
  );

  it('names the role that is missing, and says when nobody is signed in', async () => {
    const got = await daemon.ask('/api/v1/runs', {
      cookie: daemon.cookieOf('monitor'),
      body: { event: 'node_up', args: ['nodea'] },
    });
    expect(got.status).toBe(403);
    expect(got.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(got.json).toEqual({
      type: 'urn:fallover:problem:not_permitted',
      title: 'monitor has the role monitor, and this needs the role operator. Ask an administrator of the cluster.',
      status: 403,
      code: 'not_permitted',
    });
    expect((await daemon.ask('/api/v1/runs')).status).toBe(401);
  });
});
