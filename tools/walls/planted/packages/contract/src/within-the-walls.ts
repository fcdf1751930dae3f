import { NODE_SETS } from '@fallover/events';
import { z } from 'zod';

export const nodeSet = z.enum(NODE_SETS);
