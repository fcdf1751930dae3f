import { z } from 'zod';

/** RFC 9457, with the fault's code and its facts. `title` is the sentence that the administrator reads. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  /** One for each field or line that is wrong. */
  faults: z
    .array(
      z.object({
        code: z.string(),
        field: z.string().optional(),
        line: z.number().optional(),
        /** Of a finding of verification: what an error is overridden by. */
        id: z.string().optional(),
        sentence: z.string(),
      }),
    )
    .optional(),
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
