import { describe, expect, it } from 'vitest';
import { CLUSTER_SPECS, EVENT_SPECS as SPECS, spec } from './specs.ts';
import { differences, type Fields, fieldsOf, modifyCommands, rebase, type Sheet, sheetsOf } from './values.ts';

const fields: Fields = {
  notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
  preEventCommand: { cluster: ['stop_app', 'sync_logs'] },
  recoveryCounter: { cluster: 2 },
  failOnPrePost: { cluster: false },
};
const sheets = (): Sheet[] => sheetsOf(SPECS, fields, ['nodea', 'nodeb']);
const change = (all: Sheet[], at: number, entries: Sheet['entries']): Sheet[] =>
  all.map((sheet, index) => (index === at ? { ...sheet, entries: { ...sheet.entries, ...entries } } : sheet));

describe('the sheets of an event', () => {
  it('are the cluster and each node, with what is said there', () => {
    expect(sheets().map(({ node }) => node)).toEqual([undefined, 'nodea', 'nodeb']);
    expect(sheets()[0]?.entries).toMatchObject({ notifyCommand: '/opt/ha/notify', recoveryCounter: '2', failOnPrePost: 'false' });
    expect(sheets()[1]?.entries).toMatchObject({ notifyCommand: '', preEventCommand: [] });
    expect(sheets()[2]?.entries).toMatchObject({ notifyCommand: '/opt/ha/notify-b' });
  });

  it('say the same as the entry when nothing is typed', () => {
    expect(fieldsOf(SPECS, sheets(), fields)).toEqual(fields);
  });

  it('leave alone what another panel has of the same entry', () => {
    const cluster: Fields = { mailRelay: { cluster: 'smtp://mail:25' }, verificationHour: { cluster: 3 } };
    const of = CLUSTER_SPECS.cluster;
    const typed = change(sheetsOf(of, cluster, []), 0, { verificationHour: '' });
    expect(fieldsOf(of, typed, cluster)).toEqual({ mailRelay: { cluster: 'smtp://mail:25' } });
  });

  it('take several words that are typed in one line as a list, and show them in one', () => {
    const targets = [spec('allowedTargets', 'words', '')];
    const kept: Fields = { allowedTargets: { cluster: ['127.0.0.1:9000', '10.0.0.0/8'] } };
    const all = sheetsOf(targets, kept, []);
    expect(all[0]?.entries).toEqual({ allowedTargets: '127.0.0.1:9000 10.0.0.0/8' });
    expect(fieldsOf(targets, change(all, 0, { allowedTargets: ' a   b ' }), kept)).toEqual({
      allowedTargets: { cluster: ['a', 'b'] },
    });
  });

  it('keep a list that a node has emptied on purpose', () => {
    const emptied: Fields = { preEventCommand: { cluster: ['stop_app'], nodes: { nodea: [] } } };
    expect(fieldsOf(SPECS, sheetsOf(SPECS, emptied, ['nodea']), emptied)).toEqual(emptied);
  });

  it('become numbers, yes or no, and nothing where they are emptied', () => {
    const typed = change(sheets(), 0, { recoveryCounter: ' 3 ', failOnPrePost: 'true', notifyCommand: '', preEventCommand: [] });
    expect(fieldsOf(SPECS, typed, fields)).toEqual({
      notifyCommand: { nodes: { nodeb: '/opt/ha/notify-b' } },
      recoveryCounter: { cluster: 3 },
      failOnPrePost: { cluster: true },
    });
  });
});

describe('the command that does the same', () => {
  it('has only what is changed, one line for the cluster and one for each node', () => {
    const typed = change(change(sheets(), 0, { notifyCommand: '', postEventCommand: ['a', 'b'] }), 1, { recoveryCounter: '1' });
    expect(modifyCommands('modify', 'event', 'node_down', differences(SPECS, sheets(), typed))).toEqual([
      "fallover modify event node_down NOTIFYCOMMAND= POSTEVENTCOMMAND='a b'",
      'fallover modify event node_down RECOVERYCOUNTER=1 NODE=nodea',
    ]);
  });

  it('is none when nothing is changed', () => {
    expect(modifyCommands('modify', 'event', 'node_down', differences(SPECS, sheets(), sheets()))).toEqual([]);
  });
});

describe('two people who change the same event', () => {
  it('keep what each of them changed; the later one wins where both did', () => {
    const mine = change(sheets(), 0, { notifyCommand: '/mine', recoveryCounter: '5' });
    const theirs = change(sheets(), 0, { notifyCommand: '/theirs', eventCommand: '/opt/theirs' });
    expect(rebase(SPECS, sheets(), mine, theirs)[0]?.entries).toMatchObject({
      notifyCommand: '/mine',
      recoveryCounter: '5',
      eventCommand: '/opt/theirs',
    });
  });
});
