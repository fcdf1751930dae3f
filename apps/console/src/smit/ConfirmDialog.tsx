import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import type { ReactNode } from 'react';

interface ConfirmDialogProps {
  title: string;
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  close: () => void;
  run: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  confirm,
  danger = false,
  busy = false,
  disabled = false,
  close,
  run,
  children,
}: ConfirmDialogProps) {
  return (
    <Modal isOpen variant="medium" onClose={close} aria-labelledby="smit-confirm-title">
      <ModalHeader title={title} labelId="smit-confirm-title" />
      <ModalBody>{children}</ModalBody>
      <ModalFooter>
        <Button variant={danger ? 'danger' : 'primary'} onClick={run} isLoading={busy} isDisabled={busy || disabled}>
          {confirm}
        </Button>
        <Button variant="link" onClick={close}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
