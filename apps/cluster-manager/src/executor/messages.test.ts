import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request, SCOPE } from './executor.test-support.ts';
import { parseFromLauncher, parseStepResult, parseToLauncher } from './messages.ts';

const sound = { type: 'start', ...request('a'.repeat(64)) };
const parse = (message: unknown) => parseToLauncher(JSON.stringify(message));

describe('a message to the launcher', () => {
  it('is read as it was written', () => {
    expect(parse(sound)).toEqual(sound);
    expect(parse({ type: 'abort', step: sound.step, graceMs: 100 })).toEqual({ type: 'abort', step: sound.step, graceMs: 100 });
    expect(parse({ type: 'acknowledge', step: sound.step })).toEqual({ type: 'acknowledge', step: sound.step });
    for (const message of [
      { ...sound, token: '42', slow: true },
      { type: 'deadline', deadline: null },
      { type: 'deadline', deadline: { at: '1234567890123456789', lease: '7587862094' } },
      { type: 'fence', id: 'f1', revision: 'a'.repeat(64), node: 'nodeb', timeoutMs: 1000 },
    ])
      expect(parse(message)).toEqual(message);
  });

  it.each([
    ['a path', { path: '/bin/sh' }],
    ['an argv', { argv: ['/bin/sh'] }],
    ['a command', { command: '/bin/sh' }],
    ['an environment', { environment: {} }],
    ['a kind that is not that of its step', { kind: 'recovery' }],
    ['the event of another sub-event', { step: `${SCOPE}/event/1/1.start_server/event/1` }],
    ['a custom event where none belongs', { customEvent: 'mount' }],
    ['no custom event where one belongs', { step: `${SCOPE}/pre_event.1/1`, kind: 'pre_event' }],
    ['an event that is a path', { event: '/bin/sh' }],
    ['an argument with NUL', { args: ['a\0b'] }],
    ['an argument that has no encoding', { args: ['\ud800'] }],
    ['an argument that is no text', { args: [1] }],
    ['a status out of range', { status: 256 }],
    ['a revision that is a path', { revision: '../../etc/passwd' }],
    ['no membership', { membership: null }],
    ['a member that is no name', { membership: { before: ['a b'], after: [] } }],
    ['a node that is no name', { failedNode: '-x' }],
    ['no word on the drill', { drill: 1 }],
    ['a token that is no number', { token: '1 2' }],
    ['a slow one that is no yes or no', { slow: 'yes' }],
  ])('is malformed with %s', (_, changes) => {
    const message = { ...sound, ...changes };
    expect(parse(message)).toEqual({ type: 'malformed', code: 'malformed_request', step: message.step });
  });

  it.each([
    ['a number, which is not exact', { type: 'deadline', deadline: { at: 5, lease: 'x' } }],
    ['a fraction', { type: 'deadline', deadline: { at: '1.5', lease: 'x' } }],
    ['no lease', { type: 'deadline', deadline: { at: '5' } }],
    ['nothing said', { type: 'deadline' }],
    ['a fence command in it', { type: 'fence', id: 'f', revision: 'a'.repeat(64), node: 'b', timeoutMs: 1, argv: ['/bin/sh'] }],
    ['a node to fence that is no name', { type: 'fence', id: 'f', revision: 'a'.repeat(64), node: '-o off', timeoutMs: 1 }],
    ['no bound in time', { type: 'fence', id: 'f', revision: 'a'.repeat(64), node: 'b' }],
  ])('is malformed with %s', (_, message) => {
    expect(parse(message)).toEqual({ type: 'malformed', code: 'malformed_request' });
  });

  it('is malformed without a step, and does not repeat what it had instead', () => {
    expect(parse({ ...sound, step: '../../../etc/passwd' })).toEqual({ type: 'malformed', code: 'malformed_request' });
    expect(parse({ type: 'abort', step: sound.step, graceMs: -1 })).toMatchObject({ code: 'malformed_request' });
    expect(parse({ type: 'exec', argv: ['/bin/sh'] })).toEqual({ type: 'malformed', code: 'unknown_message' });
    expect(parseToLauncher('{')).toEqual({ type: 'malformed', code: 'not_json' });
    expect(parseToLauncher('[]')).toEqual({ type: 'malformed', code: 'not_json' });
  });
});

describe('whatever is read', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const bent = fc
    .record({ field: fc.constantFrom(...Object.keys(sound)), value })
    .map((change) => ({ ...sound, [change.field]: change.value }));

  it('is a message or malformed, and never breaks', () => {
    fc.assert(
      fc.property(fc.oneof(value, bent, fc.string()), (message) => {
        const read = parse(message);
        expect(['start', 'abort', 'acknowledge', 'deadline', 'fence', 'malformed']).toContain(read.type);
        expect(() => parseFromLauncher(JSON.stringify(message) ?? '')).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('is a result only when all of it is sound', () => {
    const result = { status: 126, fault: { code: 'not_executable', path: '/x' }, durationMs: 1.5, outputBytes: 0 };
    expect(parseStepResult(result)).toEqual(result);
    for (const changes of [
      { status: -1 },
      { status: '0' },
      { fault: { code: 'x', path: '' } },
      { durationMs: null },
      { outputBytes: 0.5 },
    ])
      expect(parseStepResult({ ...result, ...changes })).toBeUndefined();
    expect(parseStepResult(null)).toBeUndefined();
  });
});
