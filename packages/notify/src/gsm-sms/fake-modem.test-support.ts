import { openPty, type Pty } from '../line/pty.test-support.ts';
import { type DecodedSubmit, decodeSubmit } from './decode-pdu.test-support.ts';

/** How the modem, its card and its network are. `behave` changes it while it runs. */
export interface FakeModemState {
  echo: boolean;
  /** Of the card; undefined: it asks for none. */
  pin: string | undefined;
  /** What is left before the card is locked. */
  tries: number;
  /** Whether it answers `AT+CPINR`. */
  tellsTries: boolean;
  /** What `AT+CPIN?` says in place of `READY` or `SIM PIN`, such as `SIM PUK` or `+CME ERROR: 10`. */
  sim: string | undefined;
  /** What `AT+CREG?` says, one after the other; the last one stays. */
  registration: number[];
  signal: number;
  serviceCentre: string;
  refusesPduMode: boolean;
  /** What it answers to the text of a message: `+CMS ERROR: 30`. */
  refusal: string | undefined;
  /** The part, from 1, that is refused or at which it hangs or is unplugged; others are taken. */
  at: number;
  /** It does not answer to this any more: the beginning of a command, `prompt` or `text`. */
  hangsAt: string | undefined;
  /** It is unplugged at this: the beginning of a command, or `text`. */
  unpluggedAt: string | undefined;
  /** It comes before each answer, unasked. */
  unsolicited: string[];
  /** Milliseconds before each answer. */
  delay: number;
}

export interface ReceivedSms {
  number: string;
  text: string;
  parts: number;
}

export interface FakeModem extends Pick<Pty, 'path' | 'openers' | 'unplug' | 'close'> {
  behave(changes: Partial<FakeModemState>): void;
  state: Readonly<FakeModemState>;
  /** Every command as it came, PDUs and Ctrl-Z included. */
  commands: string[];
  /** What the network has taken, part by part. */
  taken: DecodedSubmit[];
  /** What the telephones show: parts put together. */
  messages(): ReceivedSms[];
}

/** A GSM modem (3GPP TS 27.005 and 27.007) on a pty, with a card and a network. Give its `path` as the tty. */
export function startFakeModem(given: Partial<FakeModemState> = {}): FakeModem {
  const state: FakeModemState = {
    echo: true,
    pin: undefined,
    tries: 3,
    tellsTries: false,
    sim: undefined,
    registration: [1],
    signal: 20,
    serviceCentre: '+491710760000',
    refusesPduMode: false,
    refusal: undefined,
    at: 1,
    hangsAt: undefined,
    unpluggedAt: undefined,
    unsolicited: [],
    delay: 0,
    ...given,
  };
  const commands: string[] = [];
  const taken: DecodedSubmit[] = [];
  let input = '';
  let isUnlocked = false;
  /** Octets that the text to come was said to have. */
  let expected: number | undefined;
  let part = 0;
  let reference = 10;

  const say = (text: string): void => {
    const all = [...state.unsolicited.map((line) => `\r\n${line}\r\n`), text].join('');
    if (state.delay > 0) setTimeout(() => pty.write(all), state.delay);
    else pty.write(all);
  };
  const answer = (...lines: string[]): void => say(lines.map((line) => `\r\n${line}\r\n`).join(''));
  const isHere = (place: string | undefined, command: string): boolean => place !== undefined && command.startsWith(place);

  const pty = openPty((bytes) => {
    for (const character of bytes) {
      if (expected !== undefined) readText(character);
      else if (character === '\r') {
        const command = input;
        input = '';
        if (state.echo) pty.write(`${command}\r`);
        if (command !== '') run(command);
      } else if (character !== '\n') input += character;
    }
  });

  function readText(character: string) {
    if (character === '\u001b') {
      expected = undefined;
      input = '';
      answer('OK');
      return;
    }
    if (character !== '\u001a') {
      input += character;
      return;
    }
    const [hex, length] = [input, expected ?? 0];
    commands.push(`${hex}\u001a`);
    expected = undefined;
    input = '';
    part += 1;
    const isTheOne = part === state.at;
    if (isTheOne && state.unpluggedAt === 'text') return pty.unplug();
    if (isTheOne && state.hangsAt === 'text') return;
    if (isTheOne && state.refusal !== undefined) return answer(state.refusal);
    try {
      taken.push(decodeSubmit(hex, length));
    } catch {
      return answer('+CMS ERROR: 304');
    }
    reference = (reference + 1) % 256;
    answer(`+CMGS: ${reference}`, 'OK');
  }

  function run(command: string) {
    commands.push(command);
    if (isHere(state.unpluggedAt, command)) return pty.unplug();
    if (isHere(state.hangsAt, command)) return;
    const isLocked = state.pin !== undefined && !isUnlocked;
    if (command === 'ATE0' || command === 'ATE1') {
      state.echo = command === 'ATE1';
      return answer('OK');
    }
    if (command === 'AT' || command === 'AT+CMEE=1' || command === 'AT+CMMS=1') return answer('OK');
    if (command === 'AT+CPIN?') {
      if (state.sim?.startsWith('+') === true) return answer(state.sim);
      return answer(`+CPIN: ${state.sim ?? (isLocked ? 'SIM PIN' : 'READY')}`, 'OK');
    }
    if (command === 'AT+CPINR="SIM PIN"') {
      return state.tellsTries ? answer(`+CPINR: SIM PIN,${state.tries},3`, 'OK') : answer('ERROR');
    }
    const pin = /^AT\+CPIN="(\d+)"$/.exec(command)?.[1];
    if (pin !== undefined) {
      isUnlocked = pin === state.pin && state.tries > 0;
      state.tries = isUnlocked ? 3 : state.tries - 1;
      if (state.tries <= 0) state.sim = 'SIM PUK';
      return isUnlocked ? answer('OK') : answer('+CME ERROR: 16');
    }
    if (isLocked) return answer('+CME ERROR: 11');
    if (command === 'AT+CREG?') {
      const status = state.registration.length > 1 ? state.registration.shift() : state.registration[0];
      return answer(`+CREG: 0,${status}`, 'OK');
    }
    if (command === 'AT+CSQ') return answer(`+CSQ: ${state.signal},99`, 'OK');
    if (command === 'AT+CSCA?') return answer(`+CSCA: "${state.serviceCentre}",145`, 'OK');
    const centre = /^AT\+CSCA="(\+?\d+)",(?:129|145)$/.exec(command)?.[1];
    if (centre !== undefined) {
      state.serviceCentre = centre;
      return answer('OK');
    }
    if (command === 'AT+CMGF=0') return answer(state.refusesPduMode ? 'ERROR' : 'OK');
    const length = /^AT\+CMGS=(\d{1,3})$/.exec(command)?.[1];
    if (length !== undefined) {
      if (part + 1 === state.at && state.hangsAt === 'prompt') return;
      expected = Number(length);
      return say('\r\n> ');
    }
    return answer('ERROR');
  }

  return {
    path: pty.path,
    openers: pty.openers,
    unplug: pty.unplug,
    close: pty.close,
    state,
    commands,
    taken,
    behave(changes) {
      Object.assign(state, changes);
      part = 0;
    },
    messages: () => putTogether(taken),
  };
}

/** As a telephone does it: parts of one number and reference, in any order; the same part twice counts once. */
export function putTogether(taken: readonly DecodedSubmit[]): ReceivedSms[] {
  const shown = new Map<string, { number: string; parts: number; texts: string[] }>();
  for (const [index, { number, text, part }] of taken.entries()) {
    const key = part === undefined ? `single ${index}` : `${number} ${part.reference} ${part.parts}`;
    const message = shown.get(key) ?? { number, parts: part?.parts ?? 1, texts: [] };
    message.texts[(part?.part ?? 1) - 1] = text;
    shown.set(key, message);
  }
  return [...shown.values()]
    .filter(({ parts, texts }) => texts.filter((text) => text !== undefined).length === parts)
    .map(({ number, parts, texts }) => ({ number, text: texts.join(''), parts }));
}
