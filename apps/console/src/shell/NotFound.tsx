import { useLocation } from 'react-router';
import { PanelFrame } from '../smit/PanelFrame.tsx';

export function NotFound() {
  const { pathname } = useLocation();
  return (
    <PanelFrame title="No such panel" commands={[]}>
      <p>
        Nothing has the fast path <code>{pathname}</code>. Choose a panel from the menu.
      </p>
    </PanelFrame>
  );
}
