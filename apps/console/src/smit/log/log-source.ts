import type { OutputLineView } from '@fallover/contract';

/** Where lines are asked for: by number, from the end where it is negative, or at a byte. */
export type LinesAsked = { from: number; count: number } | { at: number; count: number };

export interface LinesGiven {
  lines: OutputLineView[];
  next: number;
  total: number;
  indexing: boolean;
  size: number;
  /** Of the file, where a name can come to mean another one: a log that is rotated. */
  identity?: string;
}

export interface FindAsked {
  text: string;
  direction: 'forward' | 'backward';
  limit: number;
}

/** A log on the server, whatever it is of: what the viewer needs to know of it. */
export interface LogSource {
  /** What is read of it is kept by these words. */
  key: readonly string[];
  lines(asked: LinesAsked, signal: AbortSignal): Promise<LinesGiven>;
  find(
    asked: FindAsked & ({ from: number } | { at: number }),
    signal?: AbortSignal,
  ): Promise<{ matches: { line?: number | undefined; offset: number }[]; cursor?: number | undefined }>;
  download(gzip: boolean): string;
}
