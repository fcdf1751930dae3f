import { render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { App } from '../App.tsx';
import { answersAsUsual } from './fixtures.ts';
import { newServer, type Server } from './server.ts';

/** The whole console at an address; `prepare` says how the cluster manager answers beside its usual answers. */
export function openConsole(path: string, prepare: (server: Server) => void = () => {}): { server: Server; user: UserEvent } {
  const server = newServer();
  answersAsUsual(server);
  prepare(server);
  render(
    <MemoryRouter initialEntries={[path]}>
      <App />
    </MemoryRouter>,
  );
  return { server, user: userEvent.setup() };
}
