import type { Endpoint } from '@fallover/contract';
import type { ReactNode } from 'react';
import { useForbidden } from '../live/permission.ts';

/** A way to do something that stands beside what it is about: it is there for those who may do it. What the panel is for says why not. */
export function Permitted({ needs, children }: { needs: Endpoint; children: ReactNode }) {
  return useForbidden(needs) === undefined ? children : null;
}
