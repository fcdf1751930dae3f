import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Routes } from 'react-router';
import { newConnection } from './live/connection.ts';
import { newQueryClient } from './live/queries.ts';
import { FURTHER, MENU } from './menu.ts';
import { NotFound } from './shell/NotFound.tsx';
import { PanelBoundary } from './shell/PanelBoundary.tsx';
import { SessionGate } from './shell/SessionGate.tsx';
import { Shell } from './shell/Shell.tsx';
import { PanelLoading } from './smit/PanelLoading.tsx';

const ROUTES = [...MENU.flatMap(({ items }) => items), ...FURTHER].map(({ path, load }) => ({ path, Panel: lazy(load) }));
const SetUp = lazy(() => import('./panels/set-up/Panel.tsx'));

export function App() {
  const [connection] = useState(() => newConnection(() => Date.now()));
  const [queries] = useState(() => newQueryClient(connection));
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<PanelLoading />}>
        <Routes>
          <Route path="/setup" element={<SetUp />} />
          <Route
            element={
              <SessionGate>
                <Shell connection={connection} />
              </SessionGate>
            }
          >
            {ROUTES.map(({ path, Panel }) => (
              <Route
                key={path}
                path={path}
                element={
                  <PanelBoundary key={path}>
                    <Panel />
                  </PanelBoundary>
                }
              />
            ))}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </QueryClientProvider>
  );
}
