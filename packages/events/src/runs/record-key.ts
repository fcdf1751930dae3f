import type { RunRecord } from './types.ts';

/**
 * What makes a record of a run the same record, whoever writes it and however often: a claim of one step, its one result. In
 * the shared store it is the record's key, so that nothing is recorded twice.
 */
export function recordKey(record: RunRecord): string {
  switch (record.kind) {
    case 'planned':
      return record.kind;
    case 'started':
    case 'command':
    case 'finished':
    case 'interrupted':
      return `${record.kind}/${record.step}`;
    case 'sub_event':
      return `${record.kind}/${record.pipeline.scope}`;
    case 'abort':
      return `${record.kind}/${record.at}/${record.by}/${record.step ?? ''}`;
    case 'decided':
      return `${record.kind}/${record.number}`;
    case 'warned':
      return `${record.kind}/${record.scope}/${record.seconds}`;
    case 'child':
      return `${record.kind}/${record.run}${record.counted === undefined ? '' : `/${record.counted}`}`;
    case 'lost':
      return `${record.kind}/${record.node}`;
  }
}
