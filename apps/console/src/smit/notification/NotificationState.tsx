import type { NotificationView } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { RECIPIENT_WORDS, STATE_WORDS, type Status } from './words.ts';

/** A word with its colour and its sign, so that neither is needed alone. */
function StateLabel({ says, status }: { says: string; status?: Status | undefined }) {
  return (
    <Label isCompact {...(status ? { status } : {})}>
      {says}
    </Label>
  );
}

export const NotificationState = ({ state }: Pick<NotificationView, 'state'>) => <StateLabel {...STATE_WORDS[state]} />;
export const RecipientState = ({ state }: Pick<NotificationView['recipients'][number], 'state'>) => (
  <StateLabel {...RECIPIENT_WORDS[state]} />
);
