import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStreamReader } from './event-stream.ts';

const WIRE =
  ': hello\n\nid: 1\nevent: run\ndata: {"a":1}\n\nevent:output\r\ndata: x\r\ndata:  y\r\n\r\nretry: 5\ndata\n\nid: 2\n\ndata: cut';
const EVENTS = [
  { event: 'run', data: '{"a":1}', id: '1' },
  { event: 'output', data: 'x\n y', id: '1' },
  { event: 'message', data: '', id: '1' },
];

describe('server-sent events', () => {
  it('are read with their name, data and the last id; comments and half an event are passed over', () => {
    expect(eventStreamReader()(WIRE)).toEqual(EVENTS);
  });

  it('are the same however the text was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(WIRE.length)), (cuts) => {
        const read = eventStreamReader();
        const ends = [...cuts, WIRE.length].sort((a, b) => a - b);
        expect(ends.flatMap((end, index) => read(WIRE.slice(ends[index - 1] ?? 0, end)))).toEqual(EVENTS);
      }),
    );
  });
});
