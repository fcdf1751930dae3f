export const pick = (names: string[]): string | undefined => names[Math.floor(Math.random() * names.length)];
