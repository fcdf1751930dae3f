import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Pathname } from './Pathname.tsx';

it('breaks behind its slashes, and is one text for who copies or searches it', () => {
  render(<Pathname>/etc/ctdb/events/legacy</Pathname>);
  const shown = screen.getByText('/etc/ctdb/events/legacy');
  expect(shown.innerHTML).toBe('/<wbr>etc/<wbr>ctdb/<wbr>events/<wbr>legacy');
  expect(shown.className).toBe('smit-path smit-path-whole');
});

it('breaks anywhere only where a part is too long for a narrow screen', () => {
  const long = `/opt/${'a'.repeat(60)}/stop`;
  render(<Pathname className="smit-quiet">{long}</Pathname>);
  expect(screen.getByText(long).className).toBe('smit-path smit-quiet');
});

it('shows what is no pathname as it is', () => {
  render(<Pathname>built-in</Pathname>);
  expect(screen.getByText('built-in').innerHTML).toBe('built-in');
});
