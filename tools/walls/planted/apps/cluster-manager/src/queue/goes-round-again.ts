import { here } from './goes-round.ts';

export const there = (): number => here() + 1;
