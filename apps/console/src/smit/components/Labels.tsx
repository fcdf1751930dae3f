import type { ComponentRunView } from '@fallover/contract';
import type { EventOutcomeKind, ScriptStatus, ShownHealthState } from '@fallover/events';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { HEALTH_WORDS, outcomeWords, runWords, type Said, statusWords } from './component-words.ts';

export function SaidLabel({ said: { says, status } }: { said: Said }) {
  return (
    <Label isCompact {...(status === undefined ? {} : { status })}>
      {says}
    </Label>
  );
}

export const HealthLabel = ({ state }: { state: ShownHealthState }) => <SaidLabel said={HEALTH_WORDS[state]} />;
export const StatusLabel = ({ status }: { status: ScriptStatus | undefined }) => <SaidLabel said={statusWords(status)} />;
export const OutcomeLabel = ({ outcome }: { outcome: EventOutcomeKind }) => <SaidLabel said={outcomeWords(outcome)} />;
export const RunLabel = ({ run }: { run: Pick<ComponentRunView, 'state' | 'outcome'> }) => <SaidLabel said={runWords(run)} />;
