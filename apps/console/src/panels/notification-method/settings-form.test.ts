import type { TransportView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { smtp, webhook } from '../../test/notification-fixtures.ts';
import { foreign, kindOf, nodesOf, type SettingSchema, switched, valueIn, withValue } from './settings-form.ts';

const modem: TransportView['settings'] = {
  properties: { tty: { title: 'TTY', perNode: true }, baud: { title: 'Baud rate' } },
  required: ['tty'],
};

describe('the settings of a method', () => {
  it('are asked for as their schema says', () => {
    const schemas: Omit<SettingSchema, 'title'>[] = [
      { type: 'string', secret: true },
      { type: 'string', enum: ['tls', 'none'] },
      { type: 'boolean' },
      { default: true },
      { type: 'integer' },
      { default: 25 },
      { type: 'string', placeholder: '/dev/ttyS0' },
      { type: 'string' },
      {},
    ];
    expect(schemas.map((schema) => kindOf({ title: 'x', ...schema }))).toEqual([
      'secret',
      'choice',
      'yes_no',
      'yes_no',
      'number',
      'number',
      'path',
      'text',
      'text',
    ]);
  });

  it('are written in the order of the form, a node behind the whole cluster', () => {
    let list: string[] = [];
    list = withValue(list, modem, 'baud', undefined, '9600');
    list = withValue(list, modem, 'tty', 'nodeb', '/dev/tty S1');
    list = withValue(list, modem, 'tty', undefined, '/dev/ttyS0');
    expect(list).toEqual(['tty=/dev/ttyS0', 'tty@nodeb=/dev/tty%20S1', 'baud=9600']);
    expect([valueIn(list, 'tty'), valueIn(list, 'tty', 'nodeb'), valueIn(list, 'tty', 'nodea')]).toEqual([
      '/dev/ttyS0',
      '/dev/tty S1',
      '',
    ]);
    expect(withValue(list, modem, 'tty', 'nodeb', '')).toEqual(['tty=/dev/ttyS0', 'baud=9600']);
  });

  it('stay where they stand when one is changed, in whatever order they were written', () => {
    expect(withValue(['baud=9600', 'tty=/dev/a'], modem, 'baud', undefined, '19200')).toEqual(['baud=19200', 'tty=/dev/a']);
  });

  it('differ on the nodes that send, and where a node has a value already', () => {
    expect(nodesOf(['tty@nodec=/dev/a'], 'tty', ['nodea', 'nodeb'])).toEqual(['nodea', 'nodeb', 'nodec']);
  });

  it('of another notification type are kept aside and come back', () => {
    const mail = ['host=mail.example.com', 'port=587'];
    expect(foreign(mail, webhook.settings)).toEqual(mail);
    const there = switched(mail, 'smtp', webhook, new Map());
    expect(there.list).toEqual([]);
    const back = switched(['secret=x'], 'webhook', smtp, there.aside);
    expect(back.list).toEqual(mail);
  });
});
