import { Nav, NavGroup, NavItem } from '@patternfly/react-core/dist/dynamic/components/Nav';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { configurationQuery } from '../live/queries.ts';
import { MENU } from '../menu.ts';
import { leafOf } from './leaf.ts';

export function Navigation({ failed }: { failed: boolean }) {
  const { pathname } = useLocation();
  const changes = useQuery(configurationQuery).data?.changeCount ?? 0;
  const here = useRef<HTMLAnchorElement>(null);
  const current = leafOf(pathname);
  // The menu is longer than most screens.
  useEffect(() => {
    if (current && here.current) bringIntoMenu(here.current);
  }, [current]);
  return (
    <Nav aria-label="Menu">
      {MENU.map(({ title, items }) => (
        <NavGroup key={title} title={title}>
          {items.map((item) => (
            <NavItem key={item.path} isActive={item.path === current}>
              <Link to={item.path} {...(item.path === current ? { 'aria-current': 'page' as const, ref: here } : {})}>
                {item.title}
                {item.later ? <span className="nav-later">later</span> : null}
                {item.fastPath === 'cm_synchronise' && changes > 0 ? <span className="nav-count">{changes}</span> : null}
                {item.fastPath === 'cm_recover' && failed ? <span className="nav-count nav-count-failed">!</span> : null}
              </Link>
            </NavItem>
          ))}
        </NavGroup>
      ))}
    </Nav>
  );
}

/** Only the menu is scrolled: where the screen is narrow it lies beside the page, which has to stay where it is. */
function bringIntoMenu(leaf: HTMLElement): void {
  const menu = leaf.closest('.pf-v6-c-page__sidebar');
  if (!menu) return;
  const [its, seen] = [leaf.getBoundingClientRect(), menu.getBoundingClientRect()];
  if (its.bottom > seen.bottom) menu.scrollTop += its.bottom - seen.bottom + its.height;
  if (its.top < seen.top) menu.scrollTop -= seen.top - its.top + its.height;
}
