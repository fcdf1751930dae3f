export const startedAt = (): number => Date.now();
