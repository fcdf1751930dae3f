import { signOut } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import SignOutIcon from '@patternfly/react-icons/dist/dynamic/icons/sign-out-alt-icon';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LEAVING, sessionQuery } from '../live/queries.ts';
import { useAction } from '../live/use-action.ts';

export function UserMenu() {
  const principal = useQuery(sessionQuery).data?.principal;
  // A page signed out on purpose keeps nothing: the next person sees the sign-in page, not a dialog over old panels.
  const action = useAction(signOut, [], () => location.assign('/'));
  const queries = useQueryClient();
  const leave = (): void => {
    queries.setQueryData(LEAVING, true);
    action.mutate({}, { onError: () => queries.setQueryData(LEAVING, false) });
  };
  if (!principal) return null;
  return (
    <span className="masthead-user">
      <span className="masthead-name" title={`Role: ${principal.role}`}>
        {principal.name}
      </span>
      <Button
        variant="link"
        size="sm"
        isInline
        className="masthead-sign-out"
        icon={<SignOutIcon />}
        title="Sign out"
        onClick={leave}
        isDisabled={action.isPending}
      >
        <span className="masthead-sign-out-text">Sign out</span>
      </Button>
    </span>
  );
}
