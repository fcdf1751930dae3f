import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSealed, openSecrets, secretsOf } from './secrets.ts';

const secrets = secretsOf(new Uint8Array(32).fill(7));
const others = secretsOf(new Uint8Array(32).fill(8));

describe('a sealed secret', () => {
  it('is opened by the same key, for the same setting', () => {
    const sealed = secrets.seal('password', 'correct horse');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('horse');
    expect(secrets.open('password', sealed)).toBe('correct horse');
  });

  it('is not opened by another key, nor for another setting', () => {
    const sealed = secrets.seal('password', 'correct horse');
    expect(others.open('password', sealed)).toBeUndefined();
    expect(secrets.open('token', sealed)).toBeUndefined();
    expect(secrets.open('', sealed)).toBeUndefined();
  });

  it('is the same text each time, and another one for another setting, secret or key', () => {
    const sealed = secrets.seal('password', 'correct horse');
    expect(secretsOf(new Uint8Array(32).fill(7)).seal('password', 'correct horse')).toBe(sealed);
    const all = [
      sealed,
      secrets.seal('token', 'correct horse'),
      secrets.seal('password', 'x'),
      others.seal('password', 'correct horse'),
    ];
    // Neither are two of them made with the same nonce, which would give both secrets away.
    expect(new Set(all.map((text) => text.slice(0, 'sealed:v1:'.length + 16))).size).toBe(4);
  });

  it('keeps name and secret apart: what moves from one to the other is sealed differently', () => {
    expect(secrets.seal('a', 'b\0c')).not.toBe(secrets.seal('a\0b', 'c'));
    expect(secrets.open('a\0b', secrets.seal('a', 'b\0c'))).toBeUndefined();
  });

  it('is not opened once a single bit of it is another one', () => {
    const sealed = secrets.seal('password', 'pw');
    const bytes = Buffer.from(sealed.slice('sealed:v1:'.length), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(secrets.open('password', `sealed:v1:${changed.toString('base64url')}`)).toBeUndefined();
    }
  });

  it.each(['', 'sealed:v1:', 'sealed:v1:AAAA', 'sealed:v2:AAAA', 'clear', `sealed:v1:${'A'.repeat(37)}`, 'sealed:v1:%%%'])(
    'is not what %j is',
    (text) => {
      expect(secrets.open('password', text)).toBeUndefined();
    },
  );

  it('comes back whatever the secret is', async () => {
    const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units).toWellFormed());
    await fc.assert(
      fc.asyncProperty(anyText, async (secret) => {
        const sealed = secrets.seal('password', secret);
        expect(sealed).toMatch(/^sealed:v1:[A-Za-z0-9_-]+$/);
        expect(secrets.open('password', sealed)).toBe(secret);
      }),
    );
  });
});

describe('the key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fallover-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, only its owner can read it, and it opens what it has sealed before', () => {
    const path = join(folder, 'key');
    const sealed = openSecrets(path).seal('password', 'pw');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(openSecrets(path).open('password', sealed)).toBe('pw');
  });

  it.each(['', 'ab', 'zz'.repeat(32), 'ab'.repeat(31), 'ab'.repeat(33), `${'ab'.repeat(32)} and more`])(
    'is refused when its file has %j: nothing could be opened',
    (text) => {
      const path = join(folder, 'key');
      writeFileSync(path, text);
      expect(() => openSecrets(path)).toThrow(`${path} does not hold a key of 32 bytes in hexadecimal digits`);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});
