import { useState } from 'react';
import { useSearchParams } from 'react-router';

/** The nodes that are ticked; at first the one of the address, for whoever came from the list of nodes. */
export function useChosenNodes() {
  const [search] = useSearchParams();
  const first = search.getAll('node');
  const [chosen, choose] = useState(first);
  const [tried, setTried] = useState(false);
  return {
    chosen,
    choose,
    faults: tried && chosen.length === 0 ? ['No node is chosen. Choose at least one.'] : [],
    /** True when something is chosen; otherwise the panel says so from now on. */
    check(): boolean {
      setTried(true);
      return chosen.length > 0;
    },
    reset(): void {
      choose(first);
      setTried(false);
    },
  };
}
