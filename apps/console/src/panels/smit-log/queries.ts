import { getSmitLog, getSmitScript } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { askBytes, urlOf } from '../../api.ts';

export const WHO = ['me', 'all'] as const;
export type Who = (typeof WHO)[number];

export const SMIT_FILES = {
  'smit.script': {
    endpoint: getSmitScript,
    says: 'The same again as lines of fallover: what was done and succeeded. sh smit.script runs it.',
  },
  'smit.log': { endpoint: getSmitLog, says: 'All that was done: by whom, when, and what came of it.' },
} as const;
export type SmitFile = keyof typeof SMIT_FILES;

export const smitFileQuery = (file: SmitFile, who: Who) =>
  queryOptions({
    queryKey: ['audit', 'smit', file, who],
    queryFn: async ({ signal }) => {
      const { bytes } = await askBytes(SMIT_FILES[file].endpoint, { query: { who } }, { signal });
      return new TextDecoder().decode(bytes);
    },
    // Every panel adds to it.
    staleTime: 0,
  });

export const smitFileUrl = (file: SmitFile, who: Who): string => urlOf(SMIT_FILES[file].endpoint, { query: { who } });
