/** How much verification found. */
export const countsWords = ({ errors, warnings }: { errors: number; warnings: number }): string => {
  const words = (count: number, one: string): string[] => (count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${one}s`]);
  const found = [...words(errors, 'error'), ...words(warnings, 'warning')];
  return found.length === 0 ? 'no errors, no warnings' : found.join(', ');
};
