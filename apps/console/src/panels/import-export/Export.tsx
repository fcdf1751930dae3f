import './import-export.css';
import { EXPORT_FORMATS, exportConfiguration } from '@fallover/contract';
import { exportFileName } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { urlOf } from '../../api.ts';
import { clusterQuery } from '../../live/queries.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { type ExportFormat, FORMATS } from './formats.ts';
import { exportableQuery, exportQuery } from './queries.ts';
import { FRAME, WhichWay } from './WhichWay.tsx';

/** Lines of the preview; the file has all. */
const SHOWN_LINES = 400;

export function Export() {
  const [filter, change] = useFilter(['format', 'of'] as const);
  const format = EXPORT_FORMATS.find((one) => one === filter.format) ?? 'json';
  const of = filter.of ?? 'draft';
  const cluster = useQuery(clusterQuery).data?.cluster ?? 'cluster';
  const exported = useQuery(exportQuery(format, of));
  const sources = useSources(of);
  const name = exportFileName(cluster, of, format);
  const file = urlOf(exportConfiguration, { query: { format, of } });
  return (
    <PanelFrame
      {...FRAME}
      lead="Writes the configuration as a file, to be kept, looked at in a spreadsheet or taken to another cluster."
      commands={[commandLine(['fallover', 'export', '--format', format, '--of', of, name])]}
      reset={() => change({ format: '', of: '' })}
    >
      <WhichWay way="export" />
      <PanelForm aria-label="What is exported">
        <Field
          id="export-format"
          label="Format"
          marks={['+']}
          help={FORMATS[format].help}
          list={{
            values: EXPORT_FORMATS.map((one) => ({ value: one, label: FORMATS[one].label, description: FORMATS[one].help })),
            chosen: [format],
            choose: ([one = '']) => change({ format: one }),
          }}
        >
          <FormSelect
            {...describedBy('export-format')}
            value={format}
            onChange={(_, next) => change({ format: next as ExportFormat })}
          >
            {EXPORT_FORMATS.map((one) => (
              <FormSelectOption key={one} value={one} label={FORMATS[one].label} />
            ))}
          </FormSelect>
        </Field>
        <Field
          id="export-of"
          label="Configuration"
          marks={['+']}
          help="The draft, what is active, or a revision or snapshot of the history."
          list={{ values: sources, chosen: [of], choose: ([one = '']) => change({ of: one }) }}
        >
          <FormSelect {...describedBy('export-of')} value={of} onChange={(_, next) => change({ of: next })}>
            {sources.map(({ value, label }) => (
              <FormSelectOption key={value} value={value} label={label} />
            ))}
          </FormSelect>
        </Field>
      </PanelForm>
      <p>
        <a className="pf-v6-c-button pf-m-primary pf-m-small" href={file} download={name}>
          Download {name}
        </a>
      </p>
      <h2 className="exchange-title">What the file says</h2>
      <Known query={exported}>{(text) => <FilePreview text={text} />}</Known>
    </PanelFrame>
  );
}

function FilePreview({ text }: { text: string }) {
  const lines = text.split('\n');
  const shown = lines.slice(0, SHOWN_LINES).join('\n');
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className="exchange-file" tabIndex={0} aria-label="The file">
        <pre>{shown === '' ? '(nothing)' : shown}</pre>
      </section>
      {lines.length > SHOWN_LINES ? (
        <p className="smit-quiet">
          The first {SHOWN_LINES} of {lines.length} lines. The file has all.
        </p>
      ) : null}
    </>
  );
}

/** Draft and active; the names that revisions were given; the newest revisions; and the one that the address asks for. */
function useSources(of: string): { value: string; label: string }[] {
  const known = useQuery(exportableQuery).data;
  const sources = [
    { value: 'draft', label: 'draft: what is being changed' },
    { value: 'active', label: 'active: what holds now' },
    ...(known?.snapshots ?? []).map(({ name, revision }) => ({ value: name, label: `snapshot ${name} (revision ${revision})` })),
    ...(known?.revisions ?? []).map(({ number, comment }) => ({
      value: String(number),
      label: `revision ${number}${comment ? `: ${comment}` : ''}`,
    })),
  ];
  return sources.some(({ value }) => value === of) ? sources : [...sources, { value: of, label: of }];
}
