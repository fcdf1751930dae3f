import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Bytes } from '../http/use-cases.ts';

/** A log as a file of this name: what was written until now; what goes on does not make it longer while it is read. */
export function download(path: string, name: string, gzip: boolean): Bytes {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const attachment = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` });
  const bytes = size === 0 ? undefined : createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 });
  if (!gzip) return { headers: { ...attachment(name), 'Content-Length': String(size) }, body: bytes ?? '' };
  const compressed = createGzip();
  if (bytes) pipeline(bytes, compressed, () => {});
  else compressed.end();
  return { headers: { ...attachment(`${name}.gz`), 'Content-Type': 'application/gzip' }, body: compressed };
}
