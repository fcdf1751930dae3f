import type { QueryFilters } from '@tanstack/react-query';

/** What is read anew when a topic has changed: the queries whose key begins with it, and those whose `meta.alsoOf` it is. */
export const ofTopic = (topic: string): QueryFilters => ({
  predicate: ({ queryKey, meta }) => queryKey[0] === topic || meta?.alsoOf === topic,
});
