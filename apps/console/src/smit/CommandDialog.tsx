import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { CopyText } from './CopyText.tsx';

/** F6: what a shell would be told to do the same. */
export function CommandDialog({ commands, close }: { commands: readonly string[]; close: () => void }) {
  const text = commands.join('\n');
  return (
    <Modal isOpen variant="medium" onClose={close} aria-labelledby="smit-command-title">
      <ModalHeader title="Command" labelId="smit-command-title" description="The same from a shell on a node of this cluster." />
      <ModalBody>
        {commands.length === 0 ? (
          <p>No line of fallover does what stands here now.</p>
        ) : (
          <pre className="smit-command">{text}</pre>
        )}
      </ModalBody>
      <ModalFooter>
        <CopyText text={text} />
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
