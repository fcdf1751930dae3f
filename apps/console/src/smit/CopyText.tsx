import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';

/** Copies a text; where the browser keeps its clipboard closed, says so. */
export function CopyText({ text }: { text: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = (): void => {
    // The clipboard exists only in a secure context; the text can always be selected.
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <>
      <Button variant="primary" onClick={copy} isDisabled={text === ''}>
        {copied === 'yes' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="smit-help">
        {copied === 'refused' ? 'The browser keeps its clipboard closed here: select the text and copy it.' : ''}
      </span>
    </>
  );
}
