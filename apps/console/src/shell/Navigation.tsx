import { Nav, NavGroup, NavItem } from '@patternfly/react-core/dist/dynamic/components/Nav';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { configurationQuery } from '../live/queries.ts';
import { MENU } from '../menu.ts';
import { CLASS_PANELS } from '../smit/definition/class-panels.ts';

export function Navigation({ failed }: { failed: boolean }) {
  const { pathname } = useLocation();
  const changes = useQuery(configurationQuery).data?.changeCount ?? 0;
  const current = FAMILIES.find(({ below }) => pathname.startsWith(below))?.path ?? pathname;
  return (
    <Nav aria-label="Menu">
      {MENU.map(({ title, items }) => (
        <NavGroup key={title} title={title}>
          {items.map((item) => (
            <NavItem key={item.path} isActive={item.path === current}>
              <Link to={item.path} {...(item.path === current ? { 'aria-current': 'page' as const } : {})}>
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

/** Panels that are reached from a leaf of the menu keep that leaf marked. */
const FAMILIES = [
  { below: '/smit/cm_worksheet/', path: '/smit/cm_worksheet' },
  { below: '/runs/', path: '/runs' },
  { below: '/smit/cm_config_history/', path: '/smit/cm_config_history' },
  { below: '/smit/cm_event/', path: '/smit/cm_events' },
  { below: '/smit/cm_custom_event/', path: '/smit/cm_custom_events' },
  { below: '/smit/cm_add_custom_event', path: '/smit/cm_custom_events' },
  { below: '/smit/cm_script/', path: '/smit/cm_script_library' },
  { below: '/smit/cm_add_script', path: '/smit/cm_script_library' },
  { below: '/smit/cm_notification_method/', path: '/smit/cm_remote_notification' },
  { below: '/smit/cm_add_notification_method', path: '/smit/cm_remote_notification' },
  ...Object.values(CLASS_PANELS).flatMap(({ list, one, add }) => [
    { below: `/smit/${one}/`, path: `/smit/${list}` },
    { below: `/smit/${add}`, path: `/smit/${list}` },
  ]),
];
