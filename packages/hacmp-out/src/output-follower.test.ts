import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FollowedOutput, outputFollower } from './output-follower.ts';

let directory = '';
let file = '';
let lines: string[] = [];
let notes: string[] = [];
let appends = 0;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hacmp-out-'));
  file = join(directory, 'step.log');
  lines = [];
  notes = [];
  appends = 0;
});
afterEach(() => rm(directory, { recursive: true }));

const out: FollowedOutput['out'] = {
  append(more) {
    appends++;
    lines.push(...more);
    return true;
  },
  note: (sentence) => notes.push(sentence) > 0,
};
const follow = (more: Partial<FollowedOutput> = {}) => outputFollower({ file, prefix: '|p|', out, ...more });

describe('copying a step’s output', () => {
  it('copies whole lines as they come, and the last one when the step has ended', () => {
    const follower = follow();
    expect(follower.poll()).toBe(false);
    writeFileSync(file, 'one\r\ntw');
    expect(follower.poll()).toBe(false);
    expect([lines, follower.position()]).toEqual([['|p| one'], 5]);
    appendFileSync(file, 'o\n\nthree');
    follower.poll();
    expect(lines).toEqual(['|p| one', '|p| two', '|p| ']);
    follower.finish();
    expect([lines, follower.position()]).toEqual([['|p| one', '|p| two', '|p| ', '|p| three'], 15]);
  });

  it('needs no output at all', () => {
    follow().finish();
    expect([lines, notes]).toEqual([[], []]);
  });

  it('goes on where the daemon before had come to, also inside a line', () => {
    writeFileSync(file, 'one\ntwo\nthree\n');
    follow({ from: 4 }).finish();
    follow({ from: 10 }).finish();
    expect(lines).toEqual(['|p| two', '|p| three', '|p|+ree']);
  });

  it('copies much a chunk at a time, each by one write', () => {
    writeFileSync(file, `${'x'.repeat(99)}\n`.repeat(2000));
    const follower = follow();
    let polls = 1;
    while (follower.poll()) polls++;
    expect(polls).toBe(4);
    expect(appends).toBe(4);
    follower.finish();
    expect(lines).toEqual(Array(2000).fill(`|p| ${'x'.repeat(99)}`));
  });

  it('splits a line that is too long, never inside a character', () => {
    writeFileSync(file, `${'x'.repeat(65_535)}é${'y'.repeat(100_000)}\nshort\n`);
    follow().finish();
    expect(lines).toEqual([`|p| ${'x'.repeat(65_535)}`, `|p|+é${'y'.repeat(65_534)}`, `|p|+${'y'.repeat(34_466)}`, '|p| short']);
  });

  it('names the step’s own log after so much', () => {
    writeFileSync(file, 'one\ntwo\n');
    const follower = follow({ limit: 8 });
    follower.poll();
    expect(notes).toEqual([]);
    appendFileSync(file, 'three\n');
    expect(follower.poll()).toBe(false);
    follower.finish();
    expect(lines).toEqual(['|p| one', '|p| two']);
    expect(notes).toEqual([`|p| wrote more than 8 bytes; the rest is not copied here. All of it is in ${file}.`]);
  });

  it('says so when the log cannot be read', () => {
    follow({ file: directory }).finish();
    expect(notes).toEqual([`|p| wrote more, but its log ${directory} cannot be read (EISDIR).`]);
  });

  it('loses no byte whatever the output and however it comes', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '東', '\n', ' '), maxLength: 300 }),
      fc.constant('long '.repeat(20_000)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        lines = [];
        writeFileSync(file, '');
        const follower = follow();
        for (const text of pieces) {
          appendFileSync(file, text);
          follower.poll();
        }
        follower.finish();
        const copied = lines.map((line, index) => (line.startsWith('|p|+') || index === 0 ? '' : '\n') + line.slice(4)).join('');
        expect(copied).toBe(pieces.join('').replace(/\n$/, ''));
      }),
      { numRuns: 40 },
    );
  });
});
