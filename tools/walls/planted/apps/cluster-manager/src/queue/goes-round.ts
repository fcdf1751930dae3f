import { there } from './goes-round-again.ts';

export const here = (): number => there() + 1;
