import { describe, expect, it } from 'vitest';
import { commandLine } from './shell-words.ts';

describe('the command line of F6 Command', () => {
  it('has plain words as they are', () => {
    expect(commandLine(['fallover', 'run', 'network_down', '-1', 'net_ether_01'])).toBe(
      'fallover run network_down -1 net_ether_01',
    );
  });

  it('quotes what sh would read otherwise', () => {
    expect(commandLine(['fallover', 'run', 'x', 'a b', "it's", '$(reboot)', '', 'a=b'])).toBe(
      "fallover run x 'a b' 'it'\\''s' '$(reboot)' '' 'a=b'",
    );
  });

  it('quotes the value of an attribute, not its name', () => {
    expect(commandLine(['fallover', 'modify', 'event', 'node_up', 'PREEVENTCOMMAND=a b', 'COMMAND=', 'RECOVERYCOUNTER=2'])).toBe(
      "fallover modify event node_up PREEVENTCOMMAND='a b' COMMAND= RECOVERYCOUNTER=2",
    );
  });
});
