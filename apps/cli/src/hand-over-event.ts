import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

// What the hook of a CTDB component runs for each event: as little as possible is loaded, and it ends by itself.
// Exits with 0 once the cluster manager has recorded the event; the hook leaves it for later otherwise.

const GIVE_UP_MS = 600;

const [socketPath = '', id = '', at = '', component = '', event = '', ...args] = process.argv.slice(2);
const body = JSON.stringify({ id, at: Number(at), event, args });
const handing = request(
  {
    socketPath,
    method: 'POST',
    path: `/api/v1/components/${encodeURIComponent(component)}/handed-over`,
    headers: {
      Host: 'localhost',
      'Idempotency-Key': randomUUID(),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    },
    agent: false,
  },
  ({ statusCode }) => process.exit(statusCode === 201 ? 0 : 1),
);
handing.on('error', () => process.exit(1));
handing.end(body);
// A cluster manager that is stopped takes the connection and never answers.
setTimeout(() => process.exit(1), GIVE_UP_MS);
