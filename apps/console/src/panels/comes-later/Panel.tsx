import { Link, useLocation } from 'react-router';
import { LATER } from '../../later.ts';
import { PanelFrame } from '../../smit/PanelFrame.tsx';

/** A panel that HACMP has and this release has not. */
export default function ComesLater() {
  const { pathname } = useLocation();
  const later = LATER.find(({ fastPath }) => pathname === `/smit/${fastPath}`);
  if (!later) return null;
  return (
    <PanelFrame title={later.title} fastPath={later.fastPath} commands={[]}>
      <div className="smit-empty">
        <p>{later.sentence}</p>
        <ul className="smit-sentences">
          {later.instead.map(({ title, path }) => (
            <li key={path}>
              <Link to={path}>{title}</Link>
            </li>
          ))}
        </ul>
      </div>
    </PanelFrame>
  );
}
