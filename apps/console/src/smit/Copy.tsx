import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';

/** Copies one fact; where the browser keeps its clipboard closed, says so. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = (): void => {
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <>
      <Button variant="link" isInline size="sm" className="copy" onClick={copy} aria-label={`Copy: ${what}`}>
        Copy
      </Button>
      <span role="status" className="smit-quiet">
        {copied === 'yes' ? ' copied' : copied === 'refused' ? ' select it and copy it: the clipboard is closed here' : ''}
      </span>
    </>
  );
}
