import { describe, expect, it } from 'vitest';
import { componentScript } from '../../test/component-fixtures.ts';
import { countsOf, enablingSentence, exitWords, scriptState, spellsOf } from './component-words.ts';

const finding = (code: string, sentence: string, file = '10.interface.script') => ({
  ...{ level: 'note' as const, code, sentence, file, node: 'nodea' },
});

describe('the state of an event script', () => {
  it('is enabled when nothing speaks against it, also when it differs from that of another node', () => {
    expect(scriptState(componentScript(), [])).toEqual({ says: 'enabled', status: 'success' });
    expect(scriptState(componentScript(), [finding('script_differs', 'x')])).toMatchObject({ says: 'enabled' });
    expect(scriptState(componentScript(), [finding('script_disabled', 'x', '20.other.script')])).toMatchObject({
      says: 'enabled',
    });
  });

  it('is DISABLED when its owner may not execute it, and when CTDB takes it for disabled, with the reason', () => {
    expect(scriptState(componentScript({ enabled: false }), [])).toEqual({
      says: 'DISABLED',
      why: '10.interface is disabled: its owner may not execute it.',
    });
    expect(scriptState(componentScript({ fault: 'no #!' }), [finding('counts_as_disabled', 'It is empty.')])).toEqual({
      says: 'DISABLED',
      why: 'It is empty.',
    });
  });

  it('is CANNOT RUN when the event would fail at it', () => {
    const cannot = { says: 'CANNOT RUN', status: 'danger' };
    expect(scriptState(componentScript({ fault: 'Others can write to it.' }), [])).toEqual({
      ...cannot,
      why: 'Others can write to it.',
    });
    expect(scriptState(componentScript({ enabled: false }), [finding('link_leads_nowhere', 'Nothing is there.')])).toEqual({
      ...cannot,
      why: 'Nothing is there.',
    });
  });
});

describe('what enabling and disabling do', () => {
  const directory = '/etc/ctdb/events/legacy';
  it.each([
    [componentScript(), true, `This sets the execute bits of ${directory}/10.interface.script (chmod a+x).`],
    [
      componentScript(),
      false,
      `This takes the execute bits from ${directory}/10.interface.script (chmod a-x). The file stays where it is.`,
    ],
    [
      componentScript({ link: '/usr/share/10.interface.script' }),
      false,
      `This removes the link ${directory}/10.interface.script. The script that it leads to, /usr/share/10.interface.script, stays where it is.`,
    ],
  ])('%o %s', (script, enable, sentence) => {
    expect(enablingSentence(directory, script, enable)).toBe(sentence);
  });
});

describe('how a script ended, in a word', () => {
  it.each([
    [{ exitStatus: 7 }, '7'],
    [{ signal: 'SIGKILL' }, 'signal SIGKILL'],
    [{ errno: 1 }, 'errno 1'],
    [{}, '–'],
  ])('%o', (result, words) => {
    expect(exitWords(result)).toBe(words);
  });
});

describe('the history of monitor', () => {
  const history = [
    { run: '1', at: '2026-11-23T14:00:00.000Z', outcome: 'ok' as const },
    { run: '2', at: '2026-11-23T14:00:15.000Z', outcome: 'ok' as const },
    { run: '3', at: '2026-11-23T14:00:30.000Z', outcome: 'failed' as const, script: '50.samba' },
    { run: '4', at: '2026-11-23T14:00:45.000Z', outcome: 'failed' as const, script: '40.vsftpd' },
    { run: '5', at: '2026-11-23T14:01:00.000Z', outcome: 'ok' as const },
  ];

  it('is told in spells that ended alike, the newest first', () => {
    expect(spellsOf(history).map(({ run, count, outcome, script }) => [run, count, outcome, script])).toEqual([
      ['5', 1, 'ok', undefined],
      ['4', 1, 'failed', '40.vsftpd'],
      ['3', 1, 'failed', '50.samba'],
      ['2', 2, 'ok', undefined],
    ]);
    expect(spellsOf([])).toEqual([]);
  });

  it('is counted for who does not see it', () => {
    expect(countsOf(history)).toBe('3 OK, 2 failed');
  });
});
