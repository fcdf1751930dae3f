import type { getCluster } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Masthead, MastheadContent, MastheadMain, MastheadToggle } from '@patternfly/react-core/dist/dynamic/components/Masthead';
import { Page, PageSidebar, PageSidebarBody, PageToggleButton } from '@patternfly/react-core/dist/dynamic/components/Page';
import { SkipToContent } from '@patternfly/react-core/dist/dynamic/components/SkipToContent';
import BarsIcon from '@patternfly/react-icons/dist/dynamic/icons/bars-icon';
import SearchIcon from '@patternfly/react-icons/dist/dynamic/icons/search-icon';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import type { Reply } from '../api.ts';
import { followCluster } from '../live/cluster-stream.ts';
import type { Connection } from '../live/connection.ts';
import { clusterQuery, sessionQuery } from '../live/queries.ts';
import { ClusterState } from '../smit/ClusterState.tsx';
import { ScrollPlaces } from '../smit/panel-scroll.ts';
import { AwayBanner, ScriptFailureBanner, StoreBanner } from './Banners.tsx';
import { FastPath } from './fast-path/FastPath.tsx';
import { openFastPath } from './fast-path/open.ts';
import { Navigation } from './Navigation.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';
import { UserMenu } from './UserMenu.tsx';
import { Wordmark } from './Wordmark.tsx';

/** Several tabs may show the consoles of several nodes. */
const whereWords = ({ cluster, node, nodes }: Reply<typeof getCluster>): string =>
  nodes.length > 1 ? `${cluster} · ${node}` : cluster;

/** The frame around every panel: menu, state of the cluster, and what must never be overlooked. */
export function Shell({ connection }: { connection: Connection }) {
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const [places] = useState(() => new Map<string, number>());
  const signedIn = useQuery(sessionQuery).data?.principal !== undefined;
  const cluster = useQuery({ ...clusterQuery, enabled: signedIn });
  useEffect(() => (signedIn ? followCluster(queries, connection) : undefined), [signedIn, queries, connection]);
  const masthead = (
    <Masthead display={{ default: 'inline' }}>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" aria-label="Menu" id="menu-toggle">
            <BarsIcon />
          </PageToggleButton>
        </MastheadToggle>
        <Link to="/" className="wordmark-link" aria-label="Fallover, home">
          <Wordmark />
        </Link>
      </MastheadMain>
      <MastheadContent>
        {cluster.data ? (
          <span className="masthead-cluster">
            <span className="masthead-name">{whereWords(cluster.data)}</span>
            <ClusterState state={cluster.data.state} current={cluster.data.store.state === 'connected'} />
          </span>
        ) : null}
        <span className="masthead-tools">
          <Button
            variant="secondary"
            size="sm"
            className="masthead-find"
            icon={<SearchIcon />}
            aria-label="Fast path Ctrl K"
            aria-keyshortcuts="Control+K"
            aria-haspopup="dialog"
            onClick={() => openFastPath()}
          >
            <span className="masthead-find-text">Fast path</span>{' '}
            <span className="masthead-key" aria-hidden="true">
              Ctrl K
            </span>
          </Button>
          <ThemeToggle />
          <UserMenu />
        </span>
      </MastheadContent>
    </Masthead>
  );
  return (
    <Page
      masthead={masthead}
      isManagedSidebar
      isContentFilled
      sidebar={
        <PageSidebar>
          <PageSidebarBody>
            <Navigation failed={cluster.data?.state === 'RP_FAILED'} />
          </PageSidebarBody>
        </PageSidebar>
      }
      skipToContent={<SkipToContent href="#panel">To the panel</SkipToContent>}
      mainContainerId="panel"
      mainTabIndex={-1}
    >
      <div className="banners">
        <AwayBanner connection={connection} />
        {cluster.data && pathname !== '/' ? <StoreBanner store={cluster.data.store} /> : null}
        {cluster.data?.state === 'RP_FAILED' && pathname !== '/' ? <ScriptFailureBanner /> : null}
      </div>
      <ScrollPlaces value={places}>
        <Outlet />
      </ScrollPlaces>
      {signedIn ? <FastPath /> : null}
    </Page>
  );
}
