import type { listScripts } from '@fallover/contract';
import type { Reply } from '../../api.ts';

type LaidDown = Reply<typeof listScripts>['scripts'][number]['laidDown'];

/** What the file of a script is on this node, and what to do about it. */
export const LAID_DOWN: Record<LaidDown, { words: string; sentence: string; wrong: boolean }> = {
  as_configured: { words: 'as configured', sentence: 'On this node its file is as it was laid down.', wrong: false },
  not_active: { words: 'not laid down yet', sentence: 'No file of it is laid down yet: it is not active.', wrong: false },
  missing: {
    words: 'missing',
    sentence: 'On this node its file is missing, so it will not be started. Synchronise lays it down anew.',
    wrong: true,
  },
  differs: {
    words: 'changed',
    sentence: 'On this node somebody has changed its file, so it will not be started. Synchronise lays it down anew.',
    wrong: true,
  },
};
