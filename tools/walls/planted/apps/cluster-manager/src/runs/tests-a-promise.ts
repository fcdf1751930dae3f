const isClaimed = async (): Promise<boolean> => true;

export function mayStart(): string {
  if (isClaimed()) return 'yes';
  return 'no';
}
