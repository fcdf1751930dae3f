import { type Permission, type Role, roleMay } from '@fallover/contract';

/** Who asks. `name` stands in the audit trail, in run records and in the store's record of answered requests. */
export interface Principal {
  name: string;
  role: Role;
  via: 'session' | 'control_socket';
}

/**
 * Whoever can open the control socket (0600, in a directory 0700) is root or the daemon's own user, and could change the
 * state directory itself. The blank keeps the name apart from every account: account names have none.
 */
export const LOCAL_ADMINISTRATOR: Principal = { name: 'local administrator', role: 'admin', via: 'control_socket' };

export const isAllowed = (principal: Principal | undefined, permission: Permission): boolean => {
  switch (permission) {
    case 'public':
      return true;
    case 'step': // that the step runs is for the use case to see; that the caller is on this machine is seen here
      return principal?.via === 'control_socket';
    case 'monitor':
    case 'operator':
    case 'admin':
      return principal !== undefined && roleMay(principal.role, permission);
  }
};
