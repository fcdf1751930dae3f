import { describe, expect, it } from 'vitest';
import { chooseBrowser } from './browser.ts';

const debian = { exists: () => false, playwrightsOwn: '/cache/chrome', isRoot: true, system: 'debian', mayInstall: true };

describe('the browser of the tests', () => {
  it("is Playwright's own when it is there", () => {
    expect(chooseBrowser({ ...debian, exists: () => true })).toEqual({ kind: 'found', path: '/cache/chrome' });
  });

  it("is else the system's Chromium", () => {
    const exists = (path: string) => path === '/usr/bin/chromium';
    expect(chooseBrowser({ ...debian, exists })).toEqual({ kind: 'found', path: '/usr/bin/chromium' });
  });

  it('is else installed, by root on Debian', () => {
    expect(chooseBrowser(debian)).toEqual({ kind: 'installable' });
  });

  it('is missing where it may not be installed, and the command is told', () => {
    const sentence = 'the browser tests need a Chromium, and there is none here; to have one: apt-get install chromium (as root)';
    expect(chooseBrowser({ ...debian, mayInstall: false })).toEqual({ kind: 'missing', sentence });
    expect(chooseBrowser({ ...debian, isRoot: false })).toEqual({ kind: 'missing', sentence });
  });

  it('is missing on another system, and the command is told', () => {
    expect(chooseBrowser({ ...debian, system: 'fedora' })).toEqual({
      kind: 'missing',
      sentence:
        'the browser tests need a Chromium, and there is none here; to have one: npx playwright install --with-deps chromium',
    });
  });
});
