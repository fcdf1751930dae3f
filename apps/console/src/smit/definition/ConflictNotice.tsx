import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import type { DefinitionForm } from './use-definition-form.ts';
import { shown } from './values.ts';

/** Somebody saved meanwhile: their change and mine side by side; nothing typed is lost. */
export function ConflictNotice({ definition }: { definition: DefinitionForm }) {
  const { theirs, changed } = definition;
  if (!theirs) return null;
  const keyOf = ({ spec, node }: { spec: { name: string }; node?: string }): string => `${node ?? ''} ${spec.name}`;
  const rows = [...new Map([...theirs.changed, ...changed].map((one) => [keyOf(one), one])).values()];
  return (
    <Alert
      component="p"
      isInline
      role="alert"
      variant="warning"
      title="Somebody saved this entry meanwhile. What you typed is still here."
      actionLinks={
        <>
          <Button variant="secondary" size="sm" onClick={definition.keepMine}>
            Keep my changes, take theirs elsewhere
          </Button>
          <Button variant="link" size="sm" onClick={definition.takeTheirs}>
            Take theirs, drop mine
          </Button>
        </>
      }
    >
      <table className="smit-conflict">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Was</th>
            <th scope="col">Theirs</th>
            <th scope="col">Mine</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const find = (all: typeof rows) => all.find((one) => keyOf(one) === keyOf(row));
            return (
              <tr key={keyOf(row)}>
                <th scope="row">
                  {row.spec.label}
                  {row.node ? ` on ${row.node}` : ''}
                </th>
                <td>{shown(row.spec, row.before)}</td>
                <td>{find(theirs.changed) ? shown(row.spec, find(theirs.changed)?.after) : 'unchanged'}</td>
                <td>{find(changed) ? shown(row.spec, find(changed)?.after) : 'unchanged'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Alert>
  );
}
