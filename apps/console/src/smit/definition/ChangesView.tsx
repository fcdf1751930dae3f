import './changes.css';
import type { EntryChangeView } from '@fallover/contract';
import { CLASS_WORDS, ENTRY_CLASSES, labelOf } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { type ReactNode, useDeferredValue } from 'react';
import { Link } from 'react-router';
import { Pages } from '../Pages.tsx';
import { useFilter } from '../use-filter.ts';
import { ChangedValue } from './ChangedValue.tsx';
import { CHANGE_KINDS, changesWords, countOf, matchingChanges, pagesOf } from './changes.ts';
import { entryPath } from './entry-path.ts';

interface ChangesViewProps<Change extends EntryChangeView> {
  /** What the table is called for who does not see it. */
  label: string;
  changes: readonly Change[];
  /** What the two sides are: `Active` and `Draft`. Without the one before, this is a list of entries and what they say. */
  before?: string | undefined;
  after: string;
  /** What can be done about a change: of the whole entry, or of one of its values. */
  action?: ((change: Change, value?: Change['values'][number]) => ReactNode) | undefined;
  /** The entries have panels to go to; those of an old revision may have none. */
  linked?: boolean | undefined;
}

const FILTERS = ['find', 'class', 'change', 'page'] as const;
/** Values on a page; more of them make a browser slow and a person tired. */
const PAGE = 100;
const FILTERED_FROM = 8;

/** In what two configurations differ, value by value, entry by entry, in the words of the worksheet. */
export function ChangesView<Change extends EntryChangeView>(props: ChangesViewProps<Change>) {
  const { label, changes, before, after, action, linked = true } = props;
  const [filter, change] = useFilter(FILTERS);
  const text = useDeferredValue(filter.find);
  const found = matchingChanges(changes, { text, class: filter.class, kind: filter.change });
  const pages = pagesOf(found, PAGE);
  const at = Math.min(Math.max(1, Number.parseInt(filter.page ?? '1', 10) || 1), Math.max(1, pages.length));
  const filtered = Boolean(filter.find || filter.class || filter.change);
  const classes = ENTRY_CLASSES.filter((one) => changes.some((entry) => entry.class === one));
  return (
    <div className="changes">
      {changes.length >= FILTERED_FROM || filtered ? (
        <search className="smit-filters" aria-label={label}>
          <SearchInput
            aria-label={before === undefined ? 'Search entries' : 'Search changes'}
            placeholder="Name, field, value"
            value={filter.find ?? ''}
            onChange={(_, find) => change({ find, page: '' })}
            onClear={() => change({ find: '', page: '' })}
          />
          <FormSelect
            aria-label="Class of entries"
            value={filter.class ?? ''}
            onChange={(_, value) => change({ class: value, page: '' })}
          >
            <FormSelectOption value="" label="every class" />
            {classes.map((one) => (
              <FormSelectOption key={one} value={one} label={CLASS_WORDS[one].one} />
            ))}
          </FormSelect>
          {before === undefined ? null : (
            <FormSelect
              aria-label="Kind of change"
              value={filter.change ?? ''}
              onChange={(_, value) => change({ change: value, page: '' })}
            >
              <FormSelectOption value="" label="every change" />
              {CHANGE_KINDS.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
          )}
        </search>
      ) : null}
      <p className="smit-count" aria-live="polite">
        {before === undefined ? '' : `${filtered ? `${countOf(found)} of ` : ''}${changesWords(countOf(changes))} in `}
        {entriesWords(found.length)}
      </p>
      {found.length === 0 ? <p className="smit-empty">Nothing matches. Change the search, or clear it.</p> : null}
      {found.length > 0 ? (
        <table className="changes-table" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {before === undefined ? null : <th scope="col">{before}</th>}
              <th scope="col">{after}</th>
              {action ? <th scope="col">What to do</th> : null}
            </tr>
          </thead>
          {pages[at - 1]?.map((entry) => (
            <tbody key={`${entry.class} ${entry.name}`} aria-label={`${CLASS_WORDS[entry.class].one} ${entry.name}`}>
              <tr className="changes-entry">
                <th scope="rowgroup" colSpan={before === undefined ? 2 : 3}>
                  <span className="changes-entry-line">
                    {before === undefined ? null : (
                      <Label isCompact color={KIND_COLOURS[entry.kind]}>
                        {entry.kind}
                      </Label>
                    )}
                    <span className="smit-quiet">{CLASS_WORDS[entry.class].one}</span>
                    <EntryName entry={entry} linked={linked} />
                  </span>
                </th>
                {action ? <td>{action(entry)}</td> : null}
              </tr>
              {entry.values.map((value) => (
                <tr key={`${value.field} ${value.node ?? ''}`} className="changes-value">
                  <th scope="row">
                    {labelOf(value.field)}{' '}
                    {value.node === undefined ? null : <span className="changes-node">on {value.node}</span>}
                  </th>
                  {before === undefined ? null : (
                    <td data-label={before}>
                      <ChangedValue field={value.field} value={value.before} other={value.after} side="before" />
                    </td>
                  )}
                  <td data-label={after}>
                    <ChangedValue field={value.field} value={value.after} other={value.before} side="after" />
                  </td>
                  {action ? <td>{action(entry, value)}</td> : null}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      ) : null}
      <Pages at={at} count={pages.length} />
    </div>
  );
}

const entriesWords = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

const KIND_COLOURS = { added: 'green', changed: 'blue', deleted: 'red' } as const;

function EntryName({ entry, linked }: { entry: EntryChangeView; linked: boolean }) {
  if (!linked || (entry.kind === 'deleted' && entry.class !== 'event' && entry.class !== 'custom_event'))
    return <span className="smit-event-name">{entry.name}</span>;
  return (
    <Link className="smit-event-name" to={entryPath(entry)}>
      {entry.name}
    </Link>
  );
}
