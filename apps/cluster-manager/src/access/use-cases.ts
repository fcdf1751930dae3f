import { err, ok } from '@fallover/events';
import { refusal } from '../http/refusals.ts';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Account, Accounts } from './accounts.ts';
import type { AuditTrail } from './audit.ts';
import { type AccountFault, accessSentence, type SetUpFault, type SignInFault } from './faults.ts';
import { isAllowed, type Principal } from './principal.ts';
import type { SetupToken } from './setup-token.ts';
import { smitLog, smitScript } from './smit-files.ts';

export interface AccessParts {
  accounts: Accounts;
  setupToken: SetupToken;
  audit: AuditTrail;
  cluster: string;
  node: string;
}

type AccessUseCases = Pick<
  UseCases,
  'getSession' | 'signIn' | 'signOut' | 'createAdministrator' | 'getAuditTrail' | 'getSmitScript' | 'getSmitLog'
>;

export function accessUseCases({ accounts, setupToken, audit, cluster, node }: AccessParts): AccessUseCases {
  /** Of others only for whoever may read the audit trail. */
  const smitFile =
    (name: string, write: typeof smitLog): UseCases['getSmitLog'] & UseCases['getSmitScript'] =>
    async ({ query: { who } }, { principal }) => {
      const needed = 'admin';
      if (who === 'all' && !isAllowed(principal, needed))
        return err(refusal({ code: 'not_permitted', name: principal.name, role: principal.role, needed }));
      const whose = who === 'all' ? 'everybody' : principal.name;
      const body = write(audit, `cluster ${cluster}, node ${node}: what ${whose} did`, who === 'all' ? undefined : whose);
      return ok({ headers: { 'Content-Disposition': `attachment; filename="${name}"` }, body });
    };

  return {
    // Names of cluster and node are for who is signed in.
    getSession: async (_input, { principal }) =>
      ok({ setUpNeeded: setupToken.needed(), ...(principal ? { principal, cluster, node } : {}) }),

    async signIn({ body }, { address, session }) {
      const signedIn = await accounts.signIn({ ...body, address });
      if (!signedIn.ok) return err(refusalOf(signedIn.error));
      session.start(signedIn.value.name);
      return ok({ principal: principalOf(signedIn.value) });
    },

    async signOut(_input, { session }) {
      session.end();
      return ok(undefined);
    },

    async createAdministrator({ body }, { session }) {
      const created = await setupToken.createAdministrator(body);
      if (!created.ok) return err(refusalOf(created.error));
      session.start(created.value.name);
      return ok({ principal: principalOf(created.value) });
    },

    getSmitScript: smitFile('smit.script', smitScript),
    getSmitLog: smitFile('smit.log', smitLog),

    async getAuditTrail({ query: { before, limit } }) {
      const entries = audit.read({ limit, ...(before === undefined ? {} : { before }) });
      const verdict = await audit.verify();
      return ok(verdict.whole ? { entries, whole: true } : { entries, whole: false, brokenAt: verdict.brokenAt });
    },
  };
}

const principalOf = ({ name, role }: Account): Principal => ({ name, role, via: 'session' });

type AccessFault = AccountFault | SignInFault | SetUpFault;

function refusalOf(fault: AccessFault): Refusal {
  const { code } = fault;
  const sentence = accessSentence(fault);
  switch (code) {
    case 'not_a_name':
      return { code, status: 400, sentence, faults: [{ code, field: 'name', sentence }] };
    case 'password_too_short':
    case 'password_too_long':
      return { code, status: 400, sentence, faults: [{ code, field: 'password', sentence }] };
    case 'sign_in_refused':
      return { code, status: 401, sentence };
    case 'setup_token_not_valid':
      return { code, status: 403, sentence };
    case 'account_exists':
    case 'administrator_exists':
      return { code, status: 409, sentence };
    case 'too_many_failures':
      return { code, status: 429, sentence, retryAfterSeconds: fault.retryAfterSeconds };
  }
}
