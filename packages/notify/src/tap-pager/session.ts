import { LineTrouble } from '../line/faults.ts';
import type { Found, Line } from '../line/line.ts';
import { tapReply } from './codes.ts';
import { type TapFault, tapFault } from './faults.ts';

// TAP 1.8, section 7.0: a CR every second or two until the terminal asks; three tries of everything else; ten seconds to answer.
const ASK_EVERY = 1_500;
const ASKED_TIMES = 8;
const TRIES = 3;
const ANSWER = 15_000;
/** Whoever has confirmed the page need not take leave. */
const LEAVE = 5_000;

const CR = '\r';
const REPLIES = {
  ack: new RegExp(`\u0006${CR}`),
  nak: new RegExp(`\u0015${CR}`),
  rs: new RegExp(`\u001e${CR}`),
  disconnected: new RegExp(`\u001b\u0004${CR}`),
  carrier_lost: /(?:^|[\r\n])NO CARRIER[\r\n]/,
};
const GO_AHEAD = new RegExp(`\u001b\\[p${CR}`);
type Reply = Found<keyof typeof REPLIES>;

/** Logs on at a paging terminal in automatic mode, sends the blocks of one page and logs out. Answers what the terminal said. */
export async function pageOverTap(line: Line, provider: string, password: string | undefined, blocks: string[]): Promise<string> {
  const trouble = (fault: TapFault): LineTrouble => new LineTrouble(tapFault(fault));
  const reply = async (): Promise<Reply> => {
    const found = await line.expect(REPLIES, ANSWER);
    if (found === undefined) throw trouble({ code: 'paging_terminal_silent', provider });
    if (found.name === 'carrier_lost') throw trouble({ code: 'call_ended', provider });
    return found;
  };

  line.awaiting('the paging terminal had asked for an ID');
  let asked: Found<'id' | 'lost'> | undefined;
  for (let time = 0; asked === undefined && time < ASKED_TIMES; time += 1) {
    await line.send('\r');
    asked = await line.expect({ id: /ID=/, lost: REPLIES.carrier_lost }, ASK_EVERY);
  }
  if (asked === undefined) throw trouble({ code: 'no_paging_terminal', provider });
  if (asked.name === 'lost') throw trouble({ code: 'call_ended', provider });

  line.awaiting('the paging terminal had accepted the logon');
  for (let attempt = 1; ; attempt += 1) {
    const logon = '\u001bPG1';
    await line.send(`${logon}${password ?? ''}\r`, password === undefined ? undefined : `${logon}••••\r`);
    const found = await reply();
    if (found.name === 'ack') break;
    if (found.name !== 'nak' || attempt === TRIES) {
      throw trouble({ code: 'logon_refused', provider, reply: tapReply(found.before) });
    }
  }
  const ready = await line.expect({ ready: GO_AHEAD, lost: REPLIES.carrier_lost, out: REPLIES.disconnected }, ANSWER);
  if (ready === undefined) throw trouble({ code: 'paging_terminal_silent', provider });
  if (ready.name !== 'ready') throw trouble({ code: 'call_ended', provider });

  const said: string[] = [];
  for (const [index, block] of blocks.entries()) {
    line.awaiting(`the paging terminal had taken block ${index + 1} of ${blocks.length} (the page may arrive all the same)`);
    said.push(...(await sendBlock(line, provider, block, reply)));
  }
  return await logOut(line, provider, said);
}

async function sendBlock(line: Line, provider: string, block: string, reply: () => Promise<Reply>): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    await line.send(block);
    const found = await reply();
    const told = tapReply(found.before);
    switch (found.name) {
      case 'ack':
        return told.lines;
      case 'nak':
        if (attempt === TRIES) throw new LineTrouble(tapFault({ code: 'page_damaged', provider }));
        break;
      case 'rs':
        throw new LineTrouble(tapFault({ code: 'page_refused', provider, reply: told }));
      default:
        throw new LineTrouble(
          tapFault(told.lines.length === 0 ? { code: 'call_ended', provider } : { code: 'page_refused', provider, reply: told }),
        );
    }
  }
}

/** EOT; some terminals look at the contents only now, and refuse with RS. */
async function logOut(line: Line, provider: string, said: string[]): Promise<string> {
  line.awaiting('the paging terminal had taken leave');
  await line.send('\u0004\r');
  const left = await line.expect({ rs: REPLIES.rs, disconnected: REPLIES.disconnected, lost: REPLIES.carrier_lost }, LEAVE);
  const told = left === undefined ? undefined : tapReply(left.before);
  if (left?.name === 'rs' && told !== undefined) throw new LineTrouble(tapFault({ code: 'page_refused', provider, reply: told }));
  const all = [...said, ...(told?.lines ?? [])].join(', ').slice(0, 500);
  return all === '' ? 'The paging terminal confirmed the page (ACK).' : all;
}
