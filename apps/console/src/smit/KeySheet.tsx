import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { Switch } from '@patternfly/react-core/dist/dynamic/components/Switch';
import { FUNCTION_KEYS, FUNCTION_NAMES, type FunctionName, type Functions, type PanelKey } from './function-keys.ts';
import { switchSingleKeys, useSingleKeys } from './single-keys.ts';

const DOES: Record<FunctionName, string> = {
  help: 'what the field that has the focus means, else the panel',
  refresh: 'reads everything on the panel again',
  cancel: 'leaves the panel for the one above it',
  list: 'the values that the field can be chosen from',
  reset: 'puts back what stood in the fields',
  command: 'the same as a line for a shell',
  image: 'the panel as text, or printed',
};

interface KeySheetProps {
  functions: Functions;
  enter?: string | undefined;
  panelKeys: readonly PanelKey[];
  close: () => void;
}

/** `?`: all keys of this panel. */
export function KeySheet({ functions, enter, panelKeys, close }: KeySheetProps) {
  const on = useSingleKeys();
  const single = on ? '' : ' (switched off)';
  return (
    <Modal isOpen variant="medium" onClose={close} aria-labelledby="smit-keys-title">
      <ModalHeader title="Keys of this panel" labelId="smit-keys-title" />
      <ModalBody tabIndex={0} aria-label="Keys">
        <table className="smit-keys">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Or</th>
              <th scope="col">Does</th>
            </tr>
          </thead>
          <tbody>
            {FUNCTION_NAMES.filter((name) => functions[name]).map((name) => {
              const { key, label } = FUNCTION_KEYS[name];
              return <Line key={key} keys={key} or={`Esc ${key.slice(1)}`} does={`${label}: ${DOES[name]}`} />;
            })}
            {enter ? <Line keys="Enter" or="Ctrl Enter" does={enter} /> : null}
            <Line
              keys="Ctrl K"
              or="/"
              does={`Fast path: finds panels, events, runs and settings${on ? '' : '; / is switched off'}`}
            />
            <Line keys="?" does={`this sheet${single}`} />
            {panelKeys.map(({ key, label }) => (
              <Line key={key} keys={key} does={`${label}${single}`} />
            ))}
          </tbody>
        </table>
        <p className="smit-help">
          Esc and then a digit within a second and a half is that function key, also where the browser keeps the key to itself.
        </p>
        <Switch
          id="single-keys"
          label="Keys of a single letter"
          isChecked={on}
          onChange={(_, checked) => switchSingleKeys(checked)}
          aria-describedby="single-keys-help"
        />
        <p className="smit-help" id="single-keys-help">
          Switch them off if you speak to your computer, or press them by chance. Kept in this browser.
        </p>
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Line({ keys, or, does }: { keys: string; or?: string; does: string }) {
  return (
    <tr>
      <td>
        <kbd>{keys}</kbd>
      </td>
      <td>{or ? <kbd>{or}</kbd> : null}</td>
      <td>{does}</td>
    </tr>
  );
}
