import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { namedRoute } from './metrics.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Fallover</title>
<h1>The console is not built</h1>
<p>The cluster manager runs, and its API and the <code>fallover</code> command can be used. For the console, run
<code>npm start</code> in the checkout: it builds what is missing.</p>
</html>
`;

/** The built console: its hashed assets for good, its page for every other address, since the panels are routes in it. */
export function consoleRoutes(directory: string): Router {
  return Router()
    .use(namedRoute('console'))
    .use('/assets', express.static(join(directory, 'assets'), { index: false, immutable: true, maxAge: '365d', redirect: false }))
    .use('/assets', (_request, _response, next) => next('router'))
    .use(express.static(directory, { index: false, maxAge: 0, redirect: false }))
    .get('/{*path}', page(directory));
}

function page(directory: string): RequestHandler {
  return (_request, response, next) => {
    response.set('Cache-Control', 'no-cache');
    // Looked for each time: it may be built while the daemon runs.
    if (!existsSync(join(directory, 'index.html'))) {
      response.status(503).type('html').send(NOT_BUILT);
      return;
    }
    response.sendFile('index.html', { root: directory, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}
