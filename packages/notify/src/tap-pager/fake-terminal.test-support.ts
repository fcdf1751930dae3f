import { type FakeCall, type FakeHayes, type FakeHayesState, startFakeHayes } from '../line/fake-hayes.test-support.ts';

export interface FakeTerminalState {
  password: string | undefined;
  /** CRs that it lets pass before it asks for an ID. */
  deafFor: number;
  /** How often it answers NAK to a logon before it looks at it. */
  logonNaks: number;
  /** How often it answers NAK to a block before it takes it. */
  blockNaks: number;
  /** It refuses the page at its last block: the message sequence before RS. */
  refusal: string | undefined;
  /** It refuses the page at the logout. */
  lateRefusal: string | undefined;
  /** It says nothing any more from here on, or hangs up. */
  hangsAt: Moment | undefined;
  hangsUpAt: Moment | undefined;
}
type Moment = 'id' | 'logon' | 'go_ahead' | 'block' | 'logout';

export interface FakeTerminal extends FakeHayes {
  terminal: FakeTerminalState;
  pages: { pager: string; text: string }[];
  logons: string[];
  blocks: string[];
}

const [STX, ETX, EOT, ACK, NAK, ETB, ESC, RS, US] = [2, 3, 4, 6, 21, 23, 27, 30, 31].map((code) => String.fromCharCode(code));

/** A paging terminal that speaks TAP 1.8, behind a telephone line and the modem that is the tty. Written from its specification. */
export function startFakeTerminal(given: Partial<FakeTerminalState> = {}, modem: Partial<FakeHayesState> = {}): FakeTerminal {
  const terminal: FakeTerminalState = {
    password: undefined,
    deafFor: 0,
    logonNaks: 0,
    blockNaks: 0,
    refusal: undefined,
    lateRefusal: undefined,
    hangsAt: undefined,
    hangsUpAt: undefined,
    ...given,
  };
  const pages: FakeTerminal['pages'] = [];
  const [logons, blocks]: [string[], string[]] = [[], []];
  let stage: 'id' | 'logon' | 'block' = 'id';
  let [input, fields, deaf, naks] = ['', '', 0, 0];

  /** Whether it goes on at this moment. */
  const goesOn = (moment: Moment, call: FakeCall): boolean => {
    if (terminal.hangsUpAt === moment) call.hangUp();
    return terminal.hangsAt !== moment && terminal.hangsUpAt !== moment;
  };
  const isNak = (most: number): boolean => {
    naks += 1;
    if (naks <= most) return true;
    naks = 0;
    return false;
  };

  function line(text: string, call: FakeCall) {
    if (stage === 'id') {
      deaf += 1;
      if (deaf <= terminal.deafFor || !goesOn('id', call)) return;
      stage = 'logon';
      return call.send('ID=');
    }
    if (stage === 'logon') {
      if (text === '') return;
      logons.push(text);
      if (!goesOn('logon', call)) return;
      if (isNak(terminal.logonNaks)) return call.send(`\r${NAK}\r`);
      if (text !== `${ESC}PG1${terminal.password ?? ''}`) {
        call.send(`509 Invalid password\r${ESC}${EOT}\r`);
        return call.hangUp();
      }
      call.send(`110 1.8\r${ACK}\r`);
      if (!goesOn('go_ahead', call)) return;
      stage = 'block';
      return call.send(`114 Welcome\r${ESC}[p\r`);
    }
    if (text === EOT) {
      if (!goesOn('logout', call)) return;
      if (terminal.lateRefusal !== undefined) call.send(`${terminal.lateRefusal}\r${RS}\r`);
      call.send(`115 Goodbye\r${ESC}${EOT}\r`);
      return call.hangUp();
    }
    input += `${text}\r`;
    const block = new RegExp(`^${STX}([^]*)([${ETX}${ETB}${US}])([0-?]{3})\r$`).exec(input);
    if (block === null) return;
    const [whole, content = '', end, checksum] = block;
    input = '';
    blocks.push(whole);
    if (!goesOn('block', call)) return;
    let sum = 0;
    for (const octet of Buffer.from(`${STX}${content}${end}`, 'latin1')) sum += octet;
    const expected = [(sum >>> 8) % 16, (sum >>> 4) % 16, sum % 16].map((nibble) => '0123456789:;<=>?'[nibble]).join('');
    if (checksum !== expected || content.length > 250 || /[^\x20-\x7e\r]/.test(content)) {
      return call.send(`514 Checksum error\r${NAK}\r`);
    }
    if (isNak(terminal.blockNaks)) return call.send(`${NAK}\r`);
    if (end === ETB && !content.endsWith('\r')) return call.send(`515 Message format error\r${RS}\r`);
    fields += content;
    if (end !== ETX) return call.send(`${ACK}\r`);
    const [pager = '', message = '', ...more] = fields.split('\r');
    fields = '';
    if (more.join('') !== '') return call.send(`515 Message format error\r${RS}\r`);
    if (terminal.refusal !== undefined) return call.send(`${terminal.refusal}\r${RS}\r`);
    pages.push({ pager, text: message });
    return call.send(`211 Page sent\r${ACK}\r`);
  }

  let pending = '';
  const hayes = startFakeHayes(modem, {
    connected() {
      [stage, input, fields, pending, deaf, naks] = ['id', '', '', '', 0, 0];
    },
    received(bytes, call) {
      pending += bytes;
      for (let end = pending.indexOf('\r'); end !== -1; end = pending.indexOf('\r')) {
        const text = pending.slice(0, end);
        pending = pending.slice(end + 1);
        line(text, call);
      }
    },
  });
  return Object.assign(hayes, { terminal, pages, logons, blocks });
}
