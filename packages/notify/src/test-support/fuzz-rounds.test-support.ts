/** How many hostile messages a property sends: `npm run fuzz -- --notifications` asks for many times as many as a test. */
export const fuzzRounds = (usual: number): number => usual * Math.max(1, Number(process.env.FALLOVER_FUZZ_TIMES ?? 1) || 1);
