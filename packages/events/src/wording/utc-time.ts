/** A moment in a sentence of the cluster manager's, which does not know where it is read: `2026-11-23 12:00:00 UTC`. */
export const utcTime = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;
