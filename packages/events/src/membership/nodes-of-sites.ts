import type { DefinitionDocument } from '../definition/types.ts';

/** The nodes of each site that is defined. */
export const nodesOfSites = ({ entries }: Pick<DefinitionDocument, 'entries'>): Map<string, readonly string[]> =>
  new Map(entries.flatMap((entry) => (entry.class === 'site' ? [[entry.name, entry.fields.siteNodes?.cluster ?? []]] : [])));
