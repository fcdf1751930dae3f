const record = async (): Promise<void> => {};

export function started(): void {
  record();
}
