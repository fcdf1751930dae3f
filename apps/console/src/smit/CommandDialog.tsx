import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { useState } from 'react';

/** F6: what a shell would be told to do the same. */
export function CommandDialog({ commands, close }: { commands: readonly string[]; close: () => void }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const text = commands.join('\n');
  const copy = (): void => {
    // The clipboard exists only in a secure context; the text can always be selected.
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <Modal isOpen variant="medium" onClose={close} aria-labelledby="smit-command-title">
      <ModalHeader title="Command" labelId="smit-command-title" description="The same from a shell on a node of this cluster." />
      <ModalBody>
        {commands.length === 0 ? (
          <p>Nothing is changed yet, so there is no command.</p>
        ) : (
          <pre className="smit-command">{text}</pre>
        )}
        {copied === 'refused' ? (
          <p role="status">The browser keeps its clipboard closed here: select the text and copy it.</p>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={copy} isDisabled={commands.length === 0}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
