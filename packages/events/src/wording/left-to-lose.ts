/** How many members of etcd may be lost, beside those that do not answer. */
export const leftToLose = (more: number): string =>
  more <= 0 ? 'event processing stops when one more is lost' : `${more === 1 ? 'one more' : `${more} more`} may be lost`;
