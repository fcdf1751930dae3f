import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { SignInForm } from './SignInForm.tsx';

export function SignedOutDialog() {
  return (
    <Modal isOpen variant="small" aria-labelledby="signed-out-title">
      <ModalHeader
        title="Signed out"
        labelId="signed-out-title"
        description="The session has ended. What you typed is still here; sign in to go on."
      />
      <ModalBody>
        <SignInForm />
      </ModalBody>
    </Modal>
  );
}
