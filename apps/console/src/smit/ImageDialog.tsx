import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { CopyText } from './CopyText.tsx';

/** F8: the panel as it stands, as text to keep or on paper. */
export function ImageDialog({ title, text, close }: { title: string; text: string; close: () => void }) {
  const print = (): void => {
    close();
    // The dialog has to be gone before the page is put on paper.
    setTimeout(() => globalThis.print(), 100);
  };
  return (
    <Modal isOpen variant="large" onClose={close} aria-labelledby="smit-image-title">
      <ModalHeader
        title={`Image of ${title}`}
        labelId="smit-image-title"
        description="The panel as text, with what it shows now."
      />
      <ModalBody tabIndex={0} aria-label="The panel as text">
        <pre className="smit-command smit-image">{text}</pre>
      </ModalBody>
      <ModalFooter>
        <CopyText text={text} />
        <Button variant="secondary" onClick={print}>
          Print …
        </Button>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
