import {
  getComponent,
  getComponentHealth,
  getComponentRun,
  listComponentRuns,
  listComponents,
  verifyComponent,
} from '@fallover/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

/** Every component of this node, without what its scripts have said. */
export const componentsQuery = queryOptions({
  queryKey: ['components', 'list'],
  queryFn: ({ signal }) => ask(listComponents, {}, { signal }),
});

export const componentQuery = (component: string) =>
  queryOptions({
    queryKey: ['components', 'one', component],
    queryFn: ({ signal }) => ask(getComponent, { parameters: { component } }, { signal }),
  });

export interface RunsAsked {
  event?: string | undefined;
  /** Only those that were asked for earlier than this one. */
  before?: string | undefined;
}

const RUNS_A_PAGE = 50;

export const componentRunsQuery = (component: string, { event, before }: RunsAsked) =>
  queryOptions({
    queryKey: ['components', 'runs', component, event ?? '', before ?? ''],
    queryFn: ({ signal }) => {
      const query = {
        limit: RUNS_A_PAGE,
        ...(event === undefined ? {} : { event }),
        ...(before === undefined ? {} : { before }),
      };
      return ask(listComponentRuns, { parameters: { component }, query }, { signal });
    },
    placeholderData: keepPreviousData,
  });

export const componentRunQuery = (component: string, run: string) =>
  queryOptions({
    queryKey: ['components', 'run', component, run],
    queryFn: ({ signal }) => ask(getComponentRun, { parameters: { component, run } }, { signal }),
  });

export const componentHealthQuery = (component: string) =>
  queryOptions({
    queryKey: ['components', 'health', component],
    queryFn: ({ signal }) => ask(getComponentHealth, { parameters: { component }, query: {} }, { signal }),
  });

/** What is read anew when a script was enabled or disabled. */
export const VERIFICATION = 'component-verification';

/** It asks the other nodes: it is not read anew with every script that ends, but when somebody looks or asks. */
export const componentVerificationQuery = (component: string) =>
  queryOptions({
    queryKey: [VERIFICATION, component],
    queryFn: ({ signal }) => ask(verifyComponent, { parameters: { component } }, { signal }),
    staleTime: 60_000,
  });
