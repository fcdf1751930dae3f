import { Title } from '@patternfly/react-core/dist/dynamic/components/Title';
import { type ReactNode, useEffect } from 'react';
import { Wordmark } from './Wordmark.tsx';

/** A page without the menu: before anybody is signed in. */
export function FrontPage({ title, cluster, children }: { title: string; cluster?: string | undefined; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Fallover`;
  }, [title]);
  return (
    <main className="front-page">
      <div className="front-card">
        <Wordmark />
        {cluster ? <p className="front-cluster">Cluster {cluster}</p> : null}
        <Title headingLevel="h1" size="xl">
          {title}
        </Title>
        {children}
      </div>
    </main>
  );
}
