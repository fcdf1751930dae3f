import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { gotify, gotifyBody } from '../gotify/gotify.ts';
import { mattermost, mattermostBody } from '../mattermost/mattermost.ts';
import { ntfy, ntfyBody } from '../ntfy/ntfy.ts';
import { pagerduty, pagerdutyBody } from '../pagerduty/pagerduty.ts';
import { slack, slackBody } from '../slack/slack.ts';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { type HttpPeer, httpPeer } from '../test-support/peers.test-support.ts';
import type { Transport } from '../transport.ts';

let peer: HttpPeer;
let server: string;
beforeAll(async () => {
  peer = await httpPeer();
  server = `http://127.0.0.1:${peer.port}`;
});
afterAll(() => peer.close());

/** What a service got, and what was said of it. */
async function sent<Settings extends z.ZodObject>(
  transport: Transport<Settings>,
  settings: Record<string, string>,
  message = aMessage(),
  contact = '',
) {
  const context = aContext({ allowedTargets: ['127.0.0.1'] });
  const recipients = transport.recipients(contact);
  if (!recipients.ok) throw new Error(recipients.error.sentence);
  const delivery = await transport.send(message, recipients.value[0] ?? '', transport.settings.parse(settings), context);
  const taken = peer.taken.at(-1);
  return {
    delivery,
    url: taken?.url,
    headers: taken?.headers,
    body: JSON.parse(taken?.body ?? '{}'),
    said: JSON.stringify(context.said),
  };
}

const link = 'https://console.example.com/runs/0199';

describe('Slack', () => {
  it('gets a header and a text that are plain text, at an address that is not shown', async () => {
    const { delivery, url, body, said } = await sent(
      slack,
      { url: `${server}/services/T0/B0/hunter2` },
      aMessage({ text: '<!channel> *bold* & more', subject: '<@U1> node_down', link }),
    );
    expect(delivery).toEqual({ ok: true, value: { answer: '200 OK: ok' } });
    expect(url).toBe('/services/T0/B0/hunter2');
    expect(body).toEqual({
      text: '&lt;@U1&gt; node_down',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '<@U1> node_down', emoji: false } },
        { type: 'section', text: { type: 'plain_text', text: '<!channel> *bold* & more', emoji: false } },
        { type: 'section', text: { type: 'plain_text', text: link, emoji: false } },
      ],
    });
    expect(said).toContain('POST •••• HTTP/1.1');
    expect(said).not.toContain('hunter2');
  });

  it('gets no more than fits a block', () => {
    const body = JSON.parse(slackBody(aMessage({ text: '🔥'.repeat(3000), subject: 'x'.repeat(500) })));
    expect(body.blocks[0].text.text).toHaveLength(150);
    expect(body.blocks[1].text.text.length).toBeLessThanOrEqual(3000);
    expect(JSON.parse(slackBody(aMessage({ text: '', subject: '' }))).blocks).toEqual([]);
  });
});

describe('Mattermost', () => {
  it('gets a block of code, at an address that is not shown', async () => {
    const { url, body, said } = await sent(
      mattermost,
      { url: `${server}/hooks/hunter2hunter2` },
      aMessage({ text: '@all **hi**', link }),
    );
    expect(url).toBe('/hooks/hunter2hunter2');
    expect(body).toEqual({ text: `\`\`\`text\nnode_down nodea: failure\n@all **hi**\n\`\`\`\n${link}` });
    expect(said).not.toContain('hunter2');
  });

  it('is not made to see anything behind the block by any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '\n', '@all', ' ', '~', 'x'), maxLength: 60 }), (text) => {
        const lines = (JSON.parse(mattermostBody(aMessage({ text }))) as { text: string }).text.split('\n');
        const fence = /^`+/.exec(lines[0] ?? '')?.[0] ?? '';
        expect(lines.at(-1)).toBe(fence);
        // a fence is ended by a line of at least as many backquotes
        expect(lines.slice(1, -1).some((line) => line.includes(fence))).toBe(false);
      }),
    );
  });
});

describe('ntfy', () => {
  it('gets JSON, so that no text becomes a header, for each topic by itself', async () => {
    const { url, headers, body, said } = await sent(
      ntfy,
      { server: `${server}/push/`, token: 'tk_hunter2hunter2' },
      aMessage({ severity: 'critical', link, subject: 'a\r\nX-Evil: b' }),
      'alerts',
    );
    expect(url).toBe('/push/');
    expect(headers?.authorization).toBe('Bearer tk_hunter2hunter2');
    expect(headers?.['x-evil']).toBeUndefined();
    expect(body).toEqual({
      topic: 'alerts',
      title: 'a X-Evil: b',
      message: 'node_down of nodea on nodeb failed.',
      priority: 5,
      tags: ['critical', 'node_down'],
      click: link,
    });
    expect(said).not.toContain('hunter2');
    expect(ntfy.recipients('alerts  on-call alerts')).toEqual({ ok: true, value: ['alerts', 'on-call'] });
    expect(ntfy.recipients('a/b')).toMatchObject({
      error: { sentence: '"a/b" is not a topic. A topic has 1 to 64 letters, digits, hyphens and underscores.' },
    });
    expect(ntfy.recipients(' ').ok).toBe(false);
    expect(ntfy.settings.parse({}).server).toBe('https://ntfy.sh');
  });

  it('gets no more than a message holds, and whole characters', () => {
    const { message } = JSON.parse(ntfyBody(aMessage({ text: '🔥'.repeat(2000) }), 'a'));
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4000);
    expect(message).toMatch(/^🔥+…$/u);
  });
});

describe('Gotify', () => {
  it('gets the message with a priority and the token in a header', async () => {
    const { url, headers, body, said } = await sent(
      gotify,
      { server, token: 'hunter2hunter2' },
      aMessage({ severity: 'info', link }),
    );
    expect(url).toBe('/message');
    expect(headers?.['x-gotify-key']).toBe('hunter2hunter2');
    expect(body).toEqual({
      title: 'node_down nodea: failure',
      message: 'node_down of nodea on nodeb failed.',
      priority: 2,
      extras: { 'client::display': { contentType: 'text/plain' }, 'client::notification': { click: { url: link } } },
    });
    expect(said).not.toContain('hunter2');
    expect(gotify.settings.safeParse({ server, token: 'a\r\nX: y' }).success).toBe(false);
    expect(JSON.parse(gotifyBody(aMessage({ severity: 'critical' }))).priority).toBe(10);
  });
});

describe('PagerDuty', () => {
  const routingKey = 'R0123456789abcdefR0123456789abcd';

  it('gets an alert of the run', async () => {
    const { url, body, said } = await sent(pagerduty, { server, routingKey }, aMessage({ link }));
    expect(url).toBe('/v2/enqueue');
    expect(body).toEqual({
      routing_key: routingKey,
      dedup_key: 'clusterx/01990000',
      event_action: 'trigger',
      client: 'Fallover on clusterx',
      client_url: link,
      links: [{ href: link, text: 'Run' }],
      payload: {
        summary: 'node_down nodea: failure',
        source: 'nodeb',
        severity: 'error',
        timestamp: '2026-03-01T12:34:56.000Z',
        group: 'clusterx',
        class: 'node_down',
        custom_details: {
          text: 'node_down of nodea on nodeb failed.',
          event: 'node_down',
          args: ['nodea', 'graceful'],
          run: '01990000-0000-7000-8000-000000000001',
          moment: 'failure',
          drill: false,
          dedupe: '01990000.failure.ops.1',
        },
      },
    });
    expect(said).not.toContain(routingKey);
  });

  it('is told by the success of the same run that the alert is over', () => {
    expect(JSON.parse(pagerdutyBody(aMessage({ moment: 'success' }), routingKey))).toEqual({
      routing_key: routingKey,
      dedup_key: 'clusterx/01990000',
      event_action: 'resolve',
    });
    expect(pagerduty.settings.safeParse({ routingKey: 'short' }).success).toBe(false);
  });
});

describe('a service whose settings say where a message goes', () => {
  it('has no recipient', () => {
    for (const transport of [slack, mattermost, gotify, pagerduty]) {
      expect(transport.contact.required).toBe(false);
      expect(transport.recipients(' ')).toEqual({ ok: true, value: [''] });
      expect(transport.recipients('ops')).toEqual({
        ok: false,
        error: {
          setting: 'contact',
          code: 'contact_not_used',
          sentence:
            'This kind of notification has no recipient such as "ops": its settings say where it goes. Leave the recipient out.',
        },
      });
    }
  });

  it('has an address that is one', () => {
    for (const url of ['ftp://a/', 'http://u:p@a/', 'x', 'http://a/\r\nX: y'])
      for (const transport of [slack, mattermost]) expect(transport.settings.safeParse({ url }).success).toBe(false);
    expect(slack.settings.safeParse({ url: 'https://hooks.slack.com/services/T/B/X' }).success).toBe(true);
  });
});

describe('any service', () => {
  it('gets any text as it is or on one line, in valid JSON', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `${text}\r\n\u0000\u001b\u001a\u2028"\\`);
    const key = 'R0123456789abcdefR0123456789abcd';
    fc.assert(
      fc.property(hostile, hostile, (text, subject) => {
        const message = aMessage({ text, subject });
        const wellFormed = text.toWellFormed();
        expect(JSON.parse(slackBody(message)).blocks.at(-1).text.text).toBe(wellFormed);
        expect(JSON.parse(ntfyBody(message, 'a')).message).toBe(wellFormed);
        expect(JSON.parse(gotifyBody(message)).message).toBe(wellFormed);
        expect(JSON.parse(pagerdutyBody(message, key)).payload.custom_details.text).toBe(wellFormed);
        expect(JSON.parse(mattermostBody(message)).text).toContain(`\n${wellFormed}\n`);
        for (const title of [JSON.parse(ntfyBody(message, 'a')).title, JSON.parse(pagerdutyBody(message, key)).payload.summary])
          expect(title).not.toMatch(/[\p{Cc}\u2028]/u);
      }),
      { numRuns: fuzzRounds(300) },
    );
  });
});
