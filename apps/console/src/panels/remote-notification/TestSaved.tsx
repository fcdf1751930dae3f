import { type NotificationMethodView, testNotificationMethod } from '@fallover/contract';
import { useAction } from '../../live/use-action.ts';
import { TestDialog } from '../../smit/notification/TestDialog.tsx';
import { costOf } from '../../smit/notification/words.ts';
import { savedMethod } from './saved-method.ts';

/** A test with what is saved. */
export function TestSaved({ method, close }: { method: NotificationMethodView; close: () => void }) {
  const { name } = method;
  const { events, when } = savedMethod(method);
  const action = useAction(testNotificationMethod, ['notifications']);
  return (
    <TestDialog
      method={name}
      says={
        method.draft
          ? 'As it is saved in the draft, by the same path as a real one.'
          : 'As it is active, by the same path as a real one.'
      }
      events={events}
      moments={when}
      recipients={method.recipients}
      cost={costOf(method.transport)}
      action={action}
      send={(about) => action.mutate({ parameters: { name }, body: about })}
      close={close}
    />
  );
}
