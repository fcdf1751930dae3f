import { openPty, type Pty } from './pty.test-support.ts';

/** Whoever answers at the other end of a call. */
export interface FakeHost {
  connected(call: FakeCall): void;
  received(bytes: string, call: FakeCall): void;
}
export interface FakeCall {
  send(bytes: string): void;
  hangUp(): void;
}

export interface FakeHayesState {
  echo: boolean;
  /** What it answers to dialling; undefined: it hangs. `OK` is for a number that ends with `;`. */
  result: string | undefined;
  /** What it answers to every other command but `AT`. */
  answer: string;
  /** It is unplugged when it is told to dial. */
  unpluggedWhenDialling: boolean;
  /** It comes before each answer, unasked. */
  unsolicited: string[];
}

export interface FakeHayes extends Pick<Pty, 'path' | 'openers' | 'unplug' | 'close'> {
  behave(changes: Partial<FakeHayesState>): void;
  commands: string[];
  /** What was dialled, `T` or `P` in front. */
  dialled: string[];
  isOffHook(): boolean;
}

const GUARD = 900;

/** A Hayes-compatible modem on a pty with a telephone line and somebody at its other end. */
export function startFakeHayes(given: Partial<FakeHayesState> = {}, host?: FakeHost): FakeHayes {
  const state: FakeHayesState = {
    echo: true,
    result: 'CONNECT 1200',
    answer: 'OK',
    unpluggedWhenDialling: false,
    unsolicited: [],
    ...given,
  };
  const commands: string[] = [];
  const dialled: string[] = [];
  let [input, isOffHook, isOnline, lastByte] = ['', false, false, 0];
  const answer = (word: string): void => {
    for (const line of [...state.unsolicited, word]) pty.write(`\r\n${line}\r\n`);
  };
  const call: FakeCall = {
    send(bytes) {
      if (isOnline) pty.write(bytes);
    },
    hangUp() {
      if (!isOffHook) return;
      [isOffHook, isOnline] = [false, false];
      answer('NO CARRIER');
    },
  };
  const pty = openPty((bytes) => {
    const silence = performance.now() - lastByte;
    lastByte = performance.now();
    if (isOnline) {
      if (bytes !== '+++' || silence < GUARD) return host?.received(bytes, call);
      isOnline = false;
      return answer('OK');
    }
    for (const character of bytes) {
      if (character !== '\r') input += character;
      else {
        const command = input;
        input = '';
        if (state.echo) pty.write(`${command}\r`);
        if (command !== '') run(command);
      }
    }
  });
  function run(command: string) {
    commands.push(command);
    const number = /^ATD([TP].+)$/.exec(command)?.[1];
    if (number === undefined) {
      if (command === 'ATH') isOffHook = false;
      return answer(command === 'AT' || command === 'ATH' ? 'OK' : state.answer);
    }
    dialled.push(number);
    if (state.unpluggedWhenDialling) return pty.unplug();
    isOffHook = true;
    if (state.result === undefined) return;
    const isConnected = state.result.startsWith('CONNECT');
    isOffHook = isConnected || state.result === 'OK';
    answer(state.result);
    isOnline = isConnected;
    if (isConnected) host?.connected(call);
  }
  return {
    path: pty.path,
    openers: pty.openers,
    unplug: pty.unplug,
    close: pty.close,
    behave: (changes) => void Object.assign(state, changes),
    commands,
    dialled,
    isOffHook: () => isOffHook,
  };
}
