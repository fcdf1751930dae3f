import type { Result } from '@fallover/events';
import type { LabNode } from './words.ts';

/** What the three nodes run on. Each function does what it says; whether it makes sense is decided before. */
export interface Hosts {
  /** For the first line: "in one process on the embedded store". */
  where: string;
  /** Answers with where its console is, or with why it did not start. */
  start(node: LabNode): Promise<Result<Started, string>>;
  /** At once, with its launcher and its commands. */
  kill(node: LabNode): Promise<void>;
  /** Called when the cluster manager of a node has ended, by `kill` or by itself; missing where it ends only with the laboratory. */
  onEnd?(listener: (node: LabNode) => void): void;
  /** Missing where the nodes cannot be paused one by one. */
  pausing?: { pause(node: LabNode): void; resume(node: LabNode): void };
  cut(node: LabNode): void;
  heal(node: LabNode): void;
  /** Ends what still runs. */
  end(): Promise<void>;
}

export interface Started {
  url: string;
  /** Until its administrator exists. */
  setupUrl?: string;
}

export interface HostSettings {
  directory: string;
  leaseSeconds: number;
  /** HOST:PORT of a node's console. */
  listenAt(node: LabNode): string;
}

export const LAB_CLUSTER = 'lab';
