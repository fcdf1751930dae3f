/** What a menu of HACMP has and this release has not: said plainly, with what serves meanwhile. */
export interface Later {
  title: string;
  fastPath: string;
  sentence: string;
  instead: { title: string; path: string }[];
}

export const USER_DEFINED_EVENTS: Later = {
  title: 'User-Defined Events',
  fastPath: 'cm_user_defined_events',
  sentence: 'Events that you define by a condition and a recovery program come in a later release.',
  instead: [
    {
      title: 'Change/Show Pre-Defined Events: what is done around the events that the cluster manager knows',
      path: '/smit/cm_events',
    },
  ],
};

export const LATER: readonly Later[] = [USER_DEFINED_EVENTS];
