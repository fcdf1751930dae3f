import { describe, expect, it } from 'vitest';
import { parseHttpUrl, urlFaultSentence } from './url.ts';

const read = (text: string): string => {
  const url = parseHttpUrl(text);
  return url.ok ? url.value.href : url.error.code;
};

describe('the address that a message is posted to', () => {
  it('is over HTTP or HTTPS', () => {
    expect(read('https://hooks.example.com/a?b=c#d')).toBe('https://hooks.example.com/a?b=c');
    expect(read('HTTP://Hooks.Example.COM:80')).toBe('http://hooks.example.com/');
    for (const text of [
      'ftp://a/',
      'file:///etc/passwd',
      'gopher://a',
      'javascript:alert(1)',
      'hooks.example.com',
      '//a',
      '',
      'http://',
    ])
      expect(read(text)).toBe('not_an_http_url');
  });

  it('has nothing in it that is left out or turned when it is read', () => {
    const hostile = [
      'http://a/\r\nHost: b',
      'http://a\tb/',
      'http://a b/',
      'http:\\\\a\\b',
      'http:/a',
      ' http://a',
      'http://a/\u0000',
      'http://a\u200bb/',
    ];
    for (const text of hostile) expect(read(text)).toBe('not_an_http_url');
    expect(read('http://user@a/')).toBe('url_with_password');
    expect(read('http://user:secret@a/')).toBe('url_with_password');
    expect(read('http://127.0.0.1:80@a/')).toBe('url_with_password');
    expect(read('http://a:99999/')).toBe('not_an_http_url');
    expect(read(`http://a/${'x'.repeat(2000)}`)).toBe('url_too_long');
  });

  it('has the host that is connected to, whatever its spelling', () => {
    for (const host of [
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '127.0.0.1.',
      '①②⑦.⓪.⓪.①',
      '%31%32%37.0.0.1',
    ])
      expect(read(`http://${host}/`)).toBe('http://127.0.0.1/');
    expect(read('http://[0:0:0:0:0:FFFF:7F00:1]/')).toBe('http://[::ffff:7f00:1]/');
    expect(read('http://[::ffff:127.0.0.1]/')).toBe('http://[::ffff:7f00:1]/');
    expect(read('http://bücher.example/')).toBe('http://xn--bcher-kva.example/');
    expect(read('http://localhost./')).toBe('http://localhost./');
    expect(read('http://256.1.1.1/')).toBe('not_an_http_url');
    expect(read('http://[fe80::1%25eth0]/')).toBe('not_an_http_url');
  });

  it('is refused in a sentence', () => {
    expect(urlFaultSentence({ code: 'not_an_http_url', text: 'ftp://a' })).toBe(
      '"ftp://a" is not an HTTP address. Type one that begins with https:// or http://, without blanks, such as https://hooks.example.com/fallover.',
    );
    expect(urlFaultSentence({ code: 'url_with_password' })).toBe(
      'The address has a user or a password before its host, where everybody can read it. Leave that out.',
    );
    expect(urlFaultSentence({ code: 'url_too_long', most: 2000 })).toBe(
      'The address is too long. Type one of at most 2,000 characters.',
    );
  });
});
