import type { CustomEventView, EventView } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useState } from 'react';
import type { DefinitionForm } from '../../smit/definition/use-definition-form.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ArgumentEntry } from '../../smit/run-event/ArgumentEntry.tsx';
import { argumentsFrom } from '../../smit/run-event/arguments.ts';
import { BreaksAtSlashes } from '../../smit/Pathname.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { keyWords } from '../../smit/step-words.ts';
import { type Call, callsOf, sampleArguments, withoutRefused } from './calls.ts';

interface CallPreviewProps {
  event: EventView;
  cluster: string;
  node: string;
  nodes: readonly string[];
  choose: (node: string) => void;
  definition: DefinitionForm;
  customEvents: readonly CustomEventView[];
}

/** How each command will be called on a node, as the form stands now. */
export function CallPreview({ event, cluster, node, nodes, choose, definition, customEvents }: CallPreviewProps) {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const sample = sampleArguments(event.arguments, chosen, node);
  const args = argumentsFrom(event.arguments, sample);
  const { fields, refused } = withoutRefused(definition.fields, definition.faults);
  const calls = callsOf({ event: event.name, args, node, cluster, fields, customEvents });
  return (
    <section className="worksheet-calls" aria-labelledby="worksheet-calls">
      <h2 id="worksheet-calls">How it will be called on {node}</h2>
      <ol>
        {calls.map((call) => (
          <li key={call.key}>
            <span className="worksheet-step">{keyWords(call)}</span>
            <code className="smit-path">
              <BreaksAtSlashes>{commandLine(call.argv)}</BreaksAtSlashes>
            </code>
            <Remark call={call} />
          </li>
        ))}
      </ol>
      {refused.length > 0 ? <p className="smit-warning">Left out, because it is refused: {refused.join(', ')}.</p> : null}
      <div className="smit-form smit-form-narrow worksheet-sample">
        <h3>Shown with</h3>
        {nodes.length > 1 ? (
          <Field id="preview-node" label="Node" marks={['+']}>
            <FormSelect {...describedBy('preview-node')} value={node} onChange={(_, next) => choose(next)}>
              {nodes.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
          </Field>
        ) : null}
        {event.arguments.map((argument) => (
          <ArgumentEntry
            key={argument.name}
            argument={argument}
            value={sample[argument.name] ?? ''}
            change={(value) => setChosen({ ...chosen, [argument.name]: value })}
            nodes={nodes}
            suggestions={[]}
            faults={[]}
          />
        ))}
      </div>
    </section>
  );
}

function Remark({ call: { kind, runs, atMost } }: { call: Call }) {
  if (atMost !== undefined)
    return (
      <span className="smit-quiet">
        only after the event command has failed, {atMost}× at most; with status 0 the event command runs again
      </span>
    );
  if (runs === 'built_in') return <span className="smit-quiet">the event’s own command, built in</span>;
  if (runs === 'nothing') return <span className="smit-warning">not defined on this node: it ends with 127</span>;
  return kind === 'post_event' || kind === 'notify_complete' ? (
    <span className="smit-quiet">STATUS: of the event command</span>
  ) : null;
}
