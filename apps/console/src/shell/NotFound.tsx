import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Link, Navigate, useLocation } from 'react-router';
import { pathOfAlias } from '../menu.ts';
import { PanelFrame } from '../smit/PanelFrame.tsx';
import { openFastPath } from './fast-path/open.ts';

/** An address that no panel has: another name of one leads there, for the rest there is the fast path. */
export function NotFound() {
  const { pathname, search } = useLocation();
  const known = pathOfAlias(pathname);
  if (known !== undefined) return <Navigate to={known + search} replace />;
  const typed = decodeURIComponent(pathname.split('/').at(-1) ?? '');
  return (
    <PanelFrame title="No such panel" commands={[]}>
      <div className="smit-empty">
        <p>
          Nothing has the fast path <code>{pathname}</code>. Choose a panel from the menu, or find it.
        </p>
        <p className="smit-line">
          <Button variant="secondary" size="sm" onClick={() => openFastPath(typed)}>
            Find a panel …
          </Button>
          <Link to="/">Home</Link>
        </p>
      </div>
    </PanelFrame>
  );
}
