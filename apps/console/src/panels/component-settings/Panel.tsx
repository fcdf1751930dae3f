import { addComponent, type ComponentView, changeComponent, deleteComponent } from '@fallover/contract';
import { COMPONENT_MODES, COMPONENT_PROFILES, componentSentence } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAction } from '../../live/use-action.ts';
import { visible } from '../../smit/ansi.ts';
import { ChoiceField } from '../../smit/ChoiceField.tsx';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { MODE_WORDS, PROFILE_WORDS } from '../../smit/components/component-words.ts';
import { COMPONENTS_PATH, componentPath } from '../../smit/components/paths.ts';
import { componentQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { TypedField } from './TypedField.tsx';
import { changesOf, faultsOf, nameFaultOf, type Settings, type SettingsFaults, wordsOf } from './settings.ts';

const FORM = 'component-settings';
const NEW: Settings = { directory: '', profile: 'ctdb', mode: 'manual', debugScript: '' };

/** Add a Component, and Change/Show a Component: the address says which. */
export default function ComponentSettings() {
  const { component } = useParams();
  return component === undefined ? <Add /> : <Change name={component} />;
}

function Add() {
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<Settings>(NEW);
  const [tried, setTried] = useState(false);
  const action = useAction(addComponent, ['components', 'cluster'], clear);
  function clear(): void {
    setName('');
    setTyped(NEW);
    setTried(false);
  }
  const add = (): void => {
    const refused = nameFaultOf(name) !== undefined || Object.keys(faultsOf(typed)).length > 0;
    setTried(refused);
    const { debugScript, ...others } = typed;
    if (refused) return;
    action.mutate({ parameters: { component: name }, body: { ...others, ...(debugScript === '' ? {} : { debugScript }) } });
  };
  return (
    <PanelFrame
      title="Add a Component"
      fastPath="cm_add_component"
      above={COMPONENTS_PATH}
      lead="Makes a directory of CTDB event scripts on this node a component. Nothing in the directory is changed, and nothing of it runs before its event comes."
      commands={[commandLine(['fallover', 'add', 'component', name || 'NAME', ...wordsOf(changesOf(typed, UNSAID))])]}
      reset={() => {
        clear();
        action.reset();
      }}
      enter={{ label: 'Do: add', form: FORM, busy: action.isPending, needs: addComponent }}
    >
      <CommandStatus
        action={action}
        done={
          action.data ? (
            <p>
              <Link to={componentPath(action.data.name)}>{action.data.name}</Link> is a component now, with{' '}
              {action.data.scripts.length} event {action.data.scripts.length === 1 ? 'script' : 'scripts'}.
            </p>
          ) : null
        }
        again={add}
      />
      <Permitted needs={addComponent}>
        <PanelForm id={FORM} aria-label="Component" submit={add}>
          <TypedField
            id="component-name"
            label="Component Name"
            marks={['*']}
            help="A name of yours, such as the service that its scripts look after: letters, digits, and . _ - behind the first."
            value={name}
            change={setName}
            fault={tried ? nameFaultOf(name) : undefined}
          />
          <Rest settings={typed} change={(more) => setTyped({ ...typed, ...more })} faults={tried ? faultsOf(typed) : {}} />
        </PanelForm>
      </Permitted>
    </PanelFrame>
  );
}

/** What the shell takes where nothing is said. */
const UNSAID: Partial<Settings> = { profile: 'ctdb', mode: 'manual', debugScript: '' };

function Change({ name }: { name: string }) {
  const query = useQuery(componentQuery(name));
  const [typed, setTyped] = useState<Partial<Settings>>({});
  const [removing, setRemoving] = useState(false);
  const action = useAction(changeComponent, ['components', 'cluster'], () => setTyped({}));
  const kept = query.data && settingsOf(query.data);
  const shown = { ...(kept ?? NEW), ...typed };
  const changes = kept ? changesOf(shown, kept) : {};
  const isChanged = Object.keys(changes).length > 0;
  const faults = faultsOf(shown);
  const change = (): void => {
    if (isChanged && Object.keys(faults).length === 0) action.mutate({ parameters: { component: name }, body: changes });
  };
  return (
    <PanelFrame
      title="Change/Show a Component"
      fastPath={`cm_change_component/${name}`}
      above={componentPath(name)}
      lead="How a component is read, and who runs its events. While an event runs in it only its mode can be changed, to manual or driven."
      commands={[
        isChanged
          ? commandLine(['fallover', 'modify', 'component', name, ...wordsOf(changes)])
          : commandLine(['fallover', 'query', 'component', name]),
      ]}
      reset={() => {
        setTyped({});
        action.reset();
      }}
      enter={{
        label: 'Do: change',
        form: FORM,
        busy: action.isPending,
        disabled: !isChanged,
        needs: changeComponent,
      }}
    >
      <CommandStatus
        action={action}
        done={
          <p>
            <Link to={componentPath(name)}>{name}</Link> is changed. Its next event goes by this.
          </p>
        }
        again={change}
      />
      <Known query={query} elsewhere={{ path: COMPONENTS_PATH, label: 'All components' }}>
        {(component) => (
          <>
            <dl className="smit-facts">
              <div>
                <dt>Component Name</dt>
                <dd>
                  <Link to={componentPath(name)}>{name}</Link>
                </dd>
              </div>
              <div>
                <dt>Comes from</dt>
                <dd>
                  {component.source === 'base'
                    ? `a directory below the CTDB base ${visible(component.base ?? '')}`
                    : 'what was declared on this node'}
                </dd>
              </div>
            </dl>
            <Permitted needs={changeComponent}>
              <PanelForm id={FORM} aria-label="Component" submit={change}>
                <Rest settings={shown} change={(more) => setTyped({ ...typed, ...more })} faults={faults} />
              </PanelForm>
              {component.mode === 'driven' ? (
                <p className="smit-quiet">{componentSentence({ code: 'component_driven', component: name, mode: 'driven' })}</p>
              ) : component.source === 'declared' ? (
                <p>
                  <Button variant="secondary" isDanger size="sm" onClick={() => setRemoving(true)}>
                    Remove this component …
                  </Button>
                </p>
              ) : (
                <p className="smit-quiet">
                  It was found below the base and is there as long as its directory is: to be rid of it, disable its scripts or
                  move the directory away.
                </p>
              )}
            </Permitted>
          </>
        )}
      </Known>
      {removing && query.data ? <Remove component={query.data} close={() => setRemoving(false)} /> : null}
    </PanelFrame>
  );
}

const settingsOf = ({ directory, profile, mode, debugScript = '' }: ComponentView): Settings => ({
  directory,
  profile,
  mode,
  debugScript,
});

interface RestProps {
  settings: Settings;
  change: (more: Partial<Settings>) => void;
  faults: SettingsFaults;
}

function Rest({ settings, change, faults }: RestProps) {
  return (
    <>
      <TypedField
        id="component-directory"
        label="Directory"
        marks={['*', '/']}
        help="Where its event scripts are. Neither it, nor what is in it, nor a directory above may be writable by others: CANNOT RUN otherwise."
        value={settings.directory}
        change={(directory) => change({ directory })}
        fault={faults.directory}
      />
      <ChoiceField
        id="component-profile"
        label="Profile"
        required
        help={`Names of its scripts: ${PROFILE_WORDS[settings.profile]}.`}
        choices={COMPONENT_PROFILES.map((value) => ({ value, description: PROFILE_WORDS[value] }))}
        value={settings.profile}
        choose={(profile) => change({ profile: profile as Settings['profile'] })}
      />
      <ChoiceField
        id="component-mode"
        label="Mode"
        required
        help={`In this mode ${MODE_WORDS[settings.mode]}.`}
        choices={COMPONENT_MODES.map((value) => ({ value, description: MODE_WORDS[value] }))}
        value={settings.mode}
        choose={(mode) => change({ mode: mode as Settings['mode'] })}
      />
      <TypedField
        id="component-debug-script"
        label="Debug Script"
        marks={['/']}
        help="Run when an event has timed out, with the pid of the script that hung and the event. Empty: none."
        value={settings.debugScript}
        change={(debugScript) => change({ debugScript })}
        fault={faults.debugScript}
      />
    </>
  );
}

function Remove({ component: { name, directory }, close }: { component: ComponentView; close: () => void }) {
  const navigate = useNavigate();
  const action = useAction(deleteComponent, ['components', 'cluster'], () => void navigate(COMPONENTS_PATH));
  return (
    <ConfirmDialog
      title={`Remove the component ${name}?`}
      confirm="Remove it"
      danger
      busy={action.isPending}
      close={close}
      run={() => action.mutate({ parameters: { component: name } })}
    >
      <p>
        Its events are not run by Fallover any more. The files in <code className="smit-path">{visible(directory)}</code> stay as
        they are, and a service that its scripts have started goes on.
      </p>
      <pre className="smit-command">{commandLine(['fallover', 'delete', 'component', name])}</pre>
      {action.error ? <ProblemDisplay error={action.error} /> : null}
    </ConfirmDialog>
  );
}
