import type { ComponentMode, ComponentProfile } from './words.ts';

/** What says which scripts the events of a component run, and who runs them. */
export interface WhatRuns {
  directory: string;
  profile: ComponentProfile;
  mode: ComponentMode;
}

/**
 * Whether a change of a component has to wait for its shutdown: by another directory or profile that would run other scripts
 * than those that were started, and in an observed component Fallover runs none.
 */
export function needsShutdown(
  kept: WhatRuns,
  {
    directory = kept.directory,
    profile = kept.profile,
    mode = kept.mode,
  }: { [Key in keyof WhatRuns]?: WhatRuns[Key] | undefined },
): boolean {
  return directory !== kept.directory || profile !== kept.profile || (mode === 'observed' && kept.mode !== 'observed');
}
