import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface Action {
  isIdle: boolean;
  isPending: boolean;
  isSuccess: boolean;
  error: Error | null;
  data: { warnings: readonly { sentence: string }[] } | undefined;
}

/** What goes along to the address of an entry that was just added. */
export const asAdded = (warnings: readonly { sentence: string }[]) => ({ replace: true, state: { added: warnings } });

/** An entry that was added has an address of its own; what its command status said arrives there with it, once. */
export function useAdded(action: Action): { status: Omit<Action, 'data' | 'isIdle'>; warnings: readonly { sentence: string }[] } {
  const navigate = useNavigate();
  const { pathname, search, hash, state } = useLocation();
  const [arrived] = useState((state as { added?: readonly { sentence: string }[] } | null)?.added);
  // Not again when the page is loaded anew.
  useEffect(() => {
    if (arrived) void navigate(`${pathname}${search}${hash}`, { replace: true, state: null });
  }, []);
  if (arrived && action.isIdle) return { status: { isPending: false, isSuccess: true, error: null }, warnings: arrived };
  return { status: action, warnings: action.data?.warnings ?? [] };
}
