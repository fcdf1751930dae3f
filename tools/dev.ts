import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';

// The daemon, started again when its sources change, behind the console with hot reload. Arguments go to `fallover start`.
const root = join(import.meta.dirname, '..');
const daemonUrl = 'http://127.0.0.1:8770';

const named = process.env.FALLOVER_STATE !== undefined || process.argv.some((argument) => /^--state(=|$)/.test(argument));
const state = named ? [] : ['--state', join(root, 'var')];
const daemon = spawn(process.execPath, ['--watch', 'apps/cli/src/main.ts', 'start', ...state, ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, FALLOVER_LISTEN: '127.0.0.1:8770' },
  stdio: 'inherit',
});

const panels = await createServer({
  root: join(root, 'apps/console'),
  server: {
    proxy: {
      '/api': {
        target: daemonUrl,
        changeOrigin: true,
        // The daemon takes writes from its own origin only; here that of the console is Vite's, and no other.
        configure: (proxy) =>
          proxy.on('proxyReq', (request, { headers }) => {
            if (headers.origin === `http://${headers.host}`) request.setHeader('origin', daemonUrl);
          }),
      },
    },
  },
});
await panels.listen();
panels.printUrls();

async function end(): Promise<void> {
  daemon.kill();
  await panels.close();
}
daemon.once('exit', () => void end());
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
