import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byBytes, readScriptName, readScriptNames } from './script-names.ts';

/** Each file with what it is under the two profiles. */
const read = (file: string): [string, string, string] => {
  const under = (profile: 'readme' | 'ctdb'): string => {
    const found = readScriptName(profile, file);
    return found.ok ? `script ${found.value.name}` : found.error;
  };
  return [file, under('readme'), under('ctdb')];
};

describe('a file of a component', () => {
  it.each([
    ['10.interface.script', 'script 10.interface', 'script 10.interface'],
    ['10.interfaces', 'script 10.interfaces', 'no_script_suffix'],
    ['50.a.b.script', 'script 50.a.b', 'script 50.a.b'],
    ['01..script', 'no_name', 'script 01.'],
    ['01.script', 'no_name', 'no_name'],
    ['01.', 'no_name', 'no_script_suffix'],
    ['60.nfs~', 'backup', 'backup'],
    ['60.nfs.script~', 'backup', 'backup'],
    ['60.nfs.rpmsave', 'other_suffix', 'no_script_suffix'],
    ['60.nfs.script.dpkg-old', 'other_suffix', 'no_script_suffix'],
    ['1.x.script', 'no_number', 'no_number'],
    ['100.x.script', 'no_number', 'no_number'],
    ['0a.x.script', 'no_number', 'no_number'],
    ['.10.x.script', 'no_number', 'no_number'],
    ['README', 'no_number', 'no_number'],
    ['10-x.script', 'no_number', 'no_number'],
  ])('%s is, under readme and under ctdb: %s, %s', (file, readme, ctdb) => {
    expect(read(file)).toEqual([file, readme, ctdb]);
  });

  it('is a script under ctdb exactly when the glob [0-9][0-9].*.script says so', () => {
    const part = fc.constantFrom('0', '9', '10', '.', 'a', '.script', 'script', '~', '日');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const file = parts.join('');
        expect(readScriptName('ctdb', file).ok).toBe(/^[0-9][0-9]\..*\.script$/su.test(file));
      }),
    );
  });
});

describe('the scripts of a directory', () => {
  it('run by the bytes of their whole file names', () => {
    const files = ['10.b.script', '10.a-b.script', '10.a.script', '10.a.b.script', '10.B.script', '05.z.script', '10.é.script'];
    expect(readScriptNames('ctdb', files).scripts.map(({ file }) => file)).toEqual([
      '05.z.script',
      '10.B.script',
      '10.a-b.script',
      '10.a.b.script',
      '10.a.script',
      '10.b.script',
      '10.é.script',
    ]);
  });

  it('are in the order that the bytes have, whatever the names', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(name, name, (one, other) => {
        const bytes = bytesOf(one) < bytesOf(other) ? -1 : bytesOf(one) > bytesOf(other) ? 1 : 0;
        expect(Math.sign(byBytes(one, other))).toBe(bytes);
      }),
    );
  });

  it('of one number are named together, under either profile', () => {
    const files = ['10.interfaces', '10.otherstuff', '60.nfs', '11.x~', '11.y'];
    expect(readScriptNames('readme', files)).toMatchObject({
      equalNumbers: [{ number: '10', files: ['10.interfaces', '10.otherstuff'] }],
      ignored: [{ file: '11.x~', why: 'backup' }],
    });
  });
});

/** Its UTF-8, a character for each byte. */
const bytesOf = (text: string): string =>
  encodeURIComponent(text).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
