import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { err, ok, type Result } from '@fallover/events';
import type { Bytes, Refusal } from '../http/use-cases.ts';
import { MOST_FILE_BYTES, type ReplyOf } from './calls.ts';

type ReadFile = (at: number, most: number) => Promise<Result<ReplyOf<'readFile'>, Refusal>>;

/**
 * A file of another node, a piece at a time: however large it is, no more than a piece of it is held. What was written until
 * now is what is given; a node that stops answering in the middle cuts it off, and the client sees that it is not whole.
 */
export async function fileOfNode(
  { name, gzip }: { name: string; gzip: boolean },
  read: ReadFile,
): Promise<Result<Bytes, Refusal>> {
  const first = await read(0, MOST_FILE_BYTES);
  if (!first.ok) return err(first.error);
  const { size } = first.value;
  const attachment = (named: string) => ({ 'Content-Disposition': `attachment; filename="${named}"` });
  const pieces = piecesOf(first.value, size, read);
  if (!gzip) return ok({ headers: { ...attachment(name), 'Content-Length': String(size) }, body: pieces });
  const compressed = createGzip();
  pipeline(Readable.from(pieces), compressed, () => {});
  return ok({ headers: { ...attachment(`${name}.gz`), 'Content-Type': 'application/gzip' }, body: compressed });
}

async function* piecesOf(first: ReplyOf<'readFile'>, size: number, read: ReadFile): AsyncGenerator<Buffer> {
  let at = 0;
  for (let piece = Buffer.from(first.base64, 'base64'); at < size; ) {
    // More than was asked for, or nothing: a peer that does so has no file to show.
    if (piece.length === 0 || piece.length > size - at) throw new Error('The other node did not send the file as it is.');
    yield piece;
    at += piece.length;
    if (at >= size) return;
    const next = await read(at, Math.min(MOST_FILE_BYTES, size - at));
    if (!next.ok) throw new Error(next.error.sentence);
    piece = Buffer.from(next.value.base64, 'base64');
  }
}
