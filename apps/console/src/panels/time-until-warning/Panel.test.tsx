import { changeEventCustomization, listEvents } from '@fallover/contract';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { nodeDown } from '../../test/fixtures.ts';

const PATH = '/smit/cm_time_until_warning';
const nodeUp = nodeDown({ name: 'node_up', draft: { revision: 7, fields: { timeUntilWarning: { cluster: 600 } } } });
const entry = (event: string) => screen.findByLabelText<HTMLInputElement>(`Time Until Warning of ${event}`);

describe('Change/Show Time Until Warning', () => {
  it('saves in the draft only what is changed, on the revision that was read', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(listEvents, () => ({ events: [nodeDown(), nodeUp] }));
      server.answers(changeEventCustomization, ({ body }) => {
        const { fields } = body as { fields: { timeUntilWarning: { cluster: number } } };
        server.answers(listEvents, () => ({ events: [nodeDown({ draft: { revision: 1, fields } }), nodeUp] }));
        return { event: nodeDown({ draft: { revision: 1, fields } }), warnings: [] };
      });
    });
    expect((await entry('node_up')).value).toBe('600');
    await user.type(await entry('node_down'), '90');
    await user.keyboard('{F6}');
    expect((await screen.findByText(/^fallover modify/)).textContent).toBe('fallover modify event node_down TIMEUNTILWARNING=90');
    await user.click(screen.getByText('Close'));
    await user.click(await entry('node_down'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/One event is saved in the draft/)).toBeDefined();
    expect(server.asked(changeEventCustomization).map(({ parameters, body }) => [parameters.event, body])).toEqual([
      ['node_down', { revision: 0, fields: { timeUntilWarning: { cluster: 90 } } }],
    ]);
  });

  it('refuses in the words of the rules, and saves nothing', async () => {
    const { server, user } = openConsole(PATH);
    await user.type(await entry('node_down'), '0{Control>}{Enter}{/Control}');
    expect((await entry('node_down')).getAttribute('aria-invalid')).toBe('true');
    expect(server.asked(changeEventCustomization)).toEqual([]);
  });

  it('asks whose value holds when somebody saved another one meanwhile', async () => {
    const { server, user } = openConsole(PATH);
    await user.type(await entry('node_down'), '90');
    server.answers(listEvents, () => ({
      events: [nodeDown({ draft: { revision: 2, fields: { timeUntilWarning: { cluster: 45 } } } })],
    }));
    await user.keyboard('{F2}');
    expect(await screen.findByText(/Somebody saved 45 meanwhile/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Take theirs' }));
    await waitFor(async () => expect((await entry('node_down')).value).toBe('45'));
  });

  it('is searched, and says when nothing matches', async () => {
    openConsole(`${PATH}?q=walrus`);
    expect(await screen.findByText('No event of 1 matches. Clear the search.')).toBeDefined();
  });
});
