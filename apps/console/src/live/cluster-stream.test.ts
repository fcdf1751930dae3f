import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { streamTo } from '../test/event-source.ts';
import { followCluster } from './cluster-stream.ts';
import { newConnection } from './connection.ts';

it('reads once more what was being read for the first time when the stream began to tell', async () => {
  const queries = new QueryClient();
  const answers: ((runs: string[]) => void)[] = [];
  const list = new QueryObserver<string[]>(queries, {
    queryKey: ['runs', 'list'],
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
    retry: false,
  });
  const unsubscribe = list.subscribe(() => {});
  const stop = followCluster(queries, newConnection(Date.now));
  streamTo('/api/v1/stream').happen('open');
  // Given before the run was accepted, whose acceptance was told before the stream was open.
  answers[0]?.([]);
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.(['node_up nodea']);
  await expect.poll(() => list.getCurrentResult().data).toEqual(['node_up nodea']);
  stop();
  unsubscribe();
});
