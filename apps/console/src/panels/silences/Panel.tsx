import { addSilence, endSilence, type SilenceView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAction } from '../../live/use-action.ts';
import { visible } from '../../smit/ansi.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { Known } from '../../smit/Known.tsx';
import { silencesQuery } from '../../smit/notification/queries.ts';
import { silencedWords, untilWords } from '../../smit/notification/words.ts';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useNow } from '../../smit/use-now.ts';
import { AddSilence, EMPTY, type Typed, typedFaults } from './AddSilence.tsx';

const FORM = 'add-silence';

/** What keeps notifications back, and until when. */
export default function Silences() {
  const query = useQuery(silencesQuery);
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [tried, setTried] = useState(false);
  const action = useAction(addSilence, ['notifications'], () => {
    setTyped(EMPTY);
    setTried(false);
  });
  const add = (): void => {
    const refused = typedFaults(typed).length > 0;
    setTried(refused);
    const { method, event, minutes, reason } = typed;
    if (!refused)
      action.mutate({
        body: { ...(method === '' ? {} : { method }), ...(event === '' ? {} : { event }), minutes, reason: reason.trim() },
      });
  };
  return (
    <PanelFrame
      title="Silences"
      fastPath="cm_silences"
      above="/smit/cm_remote_notification"
      lead="A silence keeps notifications back until it ends, for work that would only wake people. What is kept back is recorded."
      commands={commandsOf(typed)}
      reset={() => {
        setTyped(EMPTY);
        setTried(false);
        action.reset();
      }}
      enter={{ label: 'Do: silence', form: FORM, busy: action.isPending, needs: addSilence }}
    >
      <CommandStatus
        action={action}
        done={action.data ? <p>Silenced until {untilWords(action.data.silence.until, Date.now())}.</p> : null}
        shownFields={['reason', 'minutes', 'method', 'event']}
        again={add}
      />
      <Permitted needs={addSilence}>
        <PanelForm id={FORM} aria-label="Silence" submit={add}>
          <AddSilence typed={typed} change={setTyped} tried={tried} error={action.error} />
        </PanelForm>
      </Permitted>
      <h2>Silences, and those of the last week</h2>
      <Known query={query}>
        {(silences) =>
          silences.length === 0 ? (
            <p className="smit-empty">Nothing is silenced: whoever is to be told is told.</p>
          ) : (
            <SilenceTable silences={silences} />
          )
        }
      </Known>
    </PanelFrame>
  );
}

/** The line of F6, as far as it can be told: it needs a reason. */
function commandsOf({ method, event, minutes, reason }: Typed): string[] {
  if (reason.trim() === '') return ['fallover query silence'];
  const of = [...(method === '' ? [] : ['--method', method]), ...(event === '' ? [] : ['--event', event])];
  return [commandLine(['fallover', 'silence', ...of, '--minutes', String(minutes), reason.trim()])];
}

function SilenceTable({ silences }: { silences: readonly SilenceView[] }) {
  const now = useNow(silences.some(({ active }) => active));
  const [ending, setEnding] = useState<SilenceView>();
  return (
    <>
      <Table role="table" variant="compact" aria-label="Silences" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th width={30}>What</Th>
            <Th width={30}>Why</Th>
            <Th>By</Th>
            <Th>Until</Th>
            <Th modifier="fitContent">Kept back</Th>
            <Th screenReaderText="End" />
          </Tr>
        </Thead>
        <Tbody>
          {silences.map((silence) => {
            const holds = silence.active && Date.parse(silence.until) > now;
            return (
              <Tr key={silence.id}>
                <Td dataLabel="What">{silencedWords(silence)}</Td>
                <Td dataLabel="Why">{visible(silence.reason)}</Td>
                <Td dataLabel="By">{silence.by}</Td>
                <Td dataLabel="Until">
                  <time dateTime={silence.until} title={silence.until}>
                    {untilWords(silence.until, now)}
                  </time>{' '}
                  <Label isCompact {...(holds ? { status: 'warning' as const } : {})}>
                    {holds ? 'holds' : 'ended'}
                  </Label>
                </Td>
                <Td dataLabel="Kept back">{silence.kept}</Td>
                <Td>
                  {holds ? (
                    <Permitted needs={endSilence}>
                      <Button
                        variant="secondary"
                        size="sm"
                        onClick={() => setEnding(silence)}
                        aria-label={`End now: ${silencedWords(silence)}`}
                      >
                        End now
                      </Button>
                    </Permitted>
                  ) : null}
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
      {ending ? <EndSilence silence={ending} close={() => setEnding(undefined)} /> : null}
    </>
  );
}

function EndSilence({ silence, close }: { silence: SilenceView; close: () => void }) {
  const action = useAction(endSilence, ['notifications'], close);
  return (
    <ConfirmDialog
      title="End this silence now?"
      confirm="End it"
      busy={action.isPending}
      close={close}
      run={() => action.mutate({ parameters: { silence: silence.id } })}
    >
      <p>
        {silencedWords(silence)} are sent again from now on. What was kept back is not sent later
        {silence.kept > 0 ? `: ${silence.kept} so far` : ''}.
      </p>
      <pre className="smit-command">{commandLine(['fallover', 'delete', 'silence', silence.id])}</pre>
      {action.error ? <ProblemDisplay error={action.error} /> : null}
    </ConfirmDialog>
  );
}
