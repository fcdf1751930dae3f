import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import type { ShownSummary } from './filter.ts';

/** Saves what is shown, made in this browser; the oldest first, as in the log. */
export function SaveShown({ summaries }: { summaries: readonly ShownSummary[] }) {
  const save = (): void => {
    const text = `${summaries
      .map(({ text }) => text)
      .reverse()
      .join('\n\n')}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'event-summaries.txt';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Button variant="link" isInline onClick={save}>
      Save to file
    </Button>
  );
}
