import type { EntryView } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import type { FieldSpec } from './specs.ts';
import { differences, type Fields, sheetsOf, shown } from './values.ts';

/** Whether what the draft says of an entry is what is active. */
export function EntryState({
  entry: { draft, active, synchronised },
}: {
  entry: Pick<EntryView, 'draft' | 'active' | 'synchronised'>;
}) {
  if (synchronised)
    return (
      <Label isCompact status="success">
        synchronised
      </Label>
    );
  return (
    <Label isCompact status="warning">
      {!draft ? 'deleted, not synchronised' : active ? 'not synchronised' : 'new, not synchronised'}
    </Label>
  );
}

/** In which values the draft of an entry differs from what is active. */
export function DraftAgainstActive({ entry, specs }: { entry: EntryView; specs: readonly FieldSpec[] }) {
  if (entry.synchronised || !entry.draft) return null;
  if (!entry.active)
    return (
      <p className="smit-lead">
        <EntryState entry={entry} /> It is in the draft only.
      </p>
    );
  const changed = differences(
    specs,
    sheetsOf(specs, entry.active as Fields, []),
    sheetsOf(specs, entry.draft.fields as Fields, []),
  );
  return (
    <div className="smit-lead">
      <EntryState entry={entry} /> In the draft, and active:
      <ul className="smit-sentences">
        {changed.map(({ spec, before, after }) => (
          <li key={spec.name}>
            {spec.label}: {shown(spec, after)}; active is {shown(spec, before)}
          </li>
        ))}
      </ul>
    </div>
  );
}
