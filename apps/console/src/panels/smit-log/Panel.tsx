import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../live/queries.ts';
import { visible } from '../../smit/ansi.ts';
import { CopyText } from '../../smit/CopyText.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { SMIT_FILES, type SmitFile, smitFileQuery, smitFileUrl, WHO, type Who } from './queries.ts';

const FILES = Object.keys(SMIT_FILES) as SmitFile[];
const LINES_SHOWN = 1_000;

/** smit.log and smit.script: what was done through the panels, to read, to keep and to do again. */
export default function SmitLog() {
  const [filter, change] = useFilter(['file', 'who'] as const);
  const mayAll = useQuery(sessionQuery).data?.principal?.role === 'admin';
  const file = FILES.find((one) => one === filter.file) ?? 'smit.script';
  const who: Who = (mayAll ? WHO.find((one) => one === filter.who) : undefined) ?? 'me';
  const query = useQuery(smitFileQuery(file, who));
  return (
    <PanelFrame title="SMIT Log and Script" fastPath="cm_smit_log" lead={SMIT_FILES[file].says} commands={[]}>
      <div className="smit-filters">
        <FormSelect aria-label="File" value={file} onChange={(_, next) => change({ file: next })}>
          {FILES.map((one) => (
            <FormSelectOption key={one} value={one} label={one} />
          ))}
        </FormSelect>
        {mayAll ? (
          <FormSelect aria-label="Of whom" value={who} onChange={(_, next) => change({ who: next === 'me' ? '' : next })}>
            <FormSelectOption value="me" label="what I did" />
            <FormSelectOption value="all" label="what everybody did" />
          </FormSelect>
        ) : null}
        {hasSomething(query.data ?? '') ? (
          <>
            <Button component="a" variant="secondary" size="sm" href={smitFileUrl(file, who)} download={file}>
              Download {file}
            </Button>
            <CopyText text={query.data ?? ''} />
          </>
        ) : null}
      </div>
      <Known query={query}>{(text) => <Lines text={text} />}</Known>
    </PanelFrame>
  );
}

/** More than what stands at the head of a file. */
const hasSomething = (text: string): boolean =>
  text.split('\n').some((line) => line.trim() !== '' && !/^(#|smit\.log:)/.test(line));

function Lines({ text }: { text: string }) {
  const lines = text.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1);
  if (!hasSomething(text))
    return <p className="smit-empty">Nothing is in it yet. Save something, run an event or synchronise, and it is here.</p>;
  const shown = lines.slice(-LINES_SHOWN);
  return (
    <>
      {shown.length < lines.length ? (
        <p className="smit-count">
          The last {LINES_SHOWN} of {lines.length} lines. The download has all.
        </p>
      ) : null}
      <pre className="smit-command">{shown.map(visible).join('\n')}</pre>
    </>
  );
}
