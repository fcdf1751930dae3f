/** How much verification found. */
export const countsWords = ({ errors, warnings }: { errors: number; warnings: number }): string => {
  if (errors + warnings === 0) return 'no errors, no warnings';
  return `${errors === 1 ? '1 error' : `${errors} errors`}, ${warnings === 1 ? '1 warning' : `${warnings} warnings`}`;
};
