import { open } from 'node:fs/promises';

/** Bytes of a file from a byte on, and its size. There may be no file yet: then there are no bytes. */
export async function readBytes(path: string, at: number, most: number): Promise<{ bytes: Buffer; size: number }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return { bytes: Buffer.alloc(0), size: 0 };
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, Math.min(most, size - at)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
    return { bytes: bytes.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}
