import { describe, expect, it } from 'vitest';
import { tapReply } from './codes.ts';
import { type TapFault, tapFault } from './faults.ts';

const provider = '5551234';
const SENTENCES: [TapFault, string, string][] = [
  [
    { code: 'no_paging_terminal', provider },
    'retry',
    'What answers at "5551234" does not ask for an ID, so it is no paging terminal, or the line settings differ. Compare number, baud rate and 7E1 with what the provider says.',
  ],
  [
    { code: 'paging_terminal_silent', provider },
    'retry',
    'An answer of the paging terminal at "5551234" did not come in time. The page may arrive all the same; it is tried again.',
  ],
  [
    { code: 'call_ended', provider },
    'retry',
    'The call to the paging terminal at "5551234" ended before the page was confirmed. It is tried again.',
  ],
  [
    { code: 'page_damaged', provider },
    'retry',
    'The page arrived damaged at the paging terminal at "5551234" again and again. Look at the telephone line, or use a lower baud rate.',
  ],
  [
    { code: 'logon_refused', provider, reply: tapReply('\r509 Invalid password\r') },
    'give_up',
    'The logon is refused by the paging terminal at "5551234": the password is wrong ("509 Invalid password"). Correct the password; the provider tells it.',
  ],
  [
    { code: 'page_refused', provider, reply: tapReply('') },
    'give_up',
    'The page is refused by the paging terminal at "5551234": it gives no reason that is known. Compare the number of the pager with what the provider says.',
  ],
  [
    { code: 'page_refused', provider, reply: tapReply('512 Try later\r') },
    'retry',
    'The page is refused by the paging terminal at "5551234": the pager cannot be reached at the moment ("512 Try later"). Compare the number of the pager with what the provider says.',
  ],
];

describe('why a paging terminal did not take a page', () => {
  it.each(SENTENCES)('is a sentence, and says what then: %o', (fault, next, sentence) => {
    const worded = tapFault(fault);
    expect([worded.code, worded.next, worded.sentence]).toEqual([fault.code, next, sentence]);
  });
});
