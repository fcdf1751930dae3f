/** The id of an event script that runs: its run, and its place in it from 0. */
export const scriptIdOf = (run: string, place: number): string => `${run}.${place}`;
