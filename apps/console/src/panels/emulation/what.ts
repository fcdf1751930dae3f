/** What is emulated: an event that happens, one that a person runs, or the end of a node. */
export const WHATS = ['happens', 'run', 'dies'] as const;
export type What = (typeof WHATS)[number];

export const WHAT_WORDS: Record<What, string> = {
  happens: 'an event happens: it is processed by its recovery program',
  run: 'a person runs an event: on every node at once',
  dies: 'a node dies now',
};

export const whatOf = (text: string | undefined): What => WHATS.find((what) => what === text) ?? 'happens';
