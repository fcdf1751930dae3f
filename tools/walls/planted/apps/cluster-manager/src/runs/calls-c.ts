import koffi from 'koffi';

export const libc = koffi.load(null);
