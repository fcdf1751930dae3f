import '../../smit/components/components.css';
import '../../smit/script/script.css';
import { getComponentScript } from '@fallover/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { ask, type Reply } from '../../api.ts';
import { visible } from '../../smit/ansi.ts';
import { componentPath } from '../../smit/components/paths.ts';
import { Copy } from '../../smit/Copy.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { colourScript, isShellScript, type ScriptToken } from '../../smit/script/shell-colours.ts';
import { Pathname } from '../../smit/Pathname.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime, size } from '../../smit/times.ts';

const textQuery = (component: string, script: string) =>
  queryOptions({
    queryKey: ['components', 'text', component, script],
    queryFn: ({ signal }) => ask(getComponentScript, { parameters: { component, script } }, { signal }),
  });

/** The text of an event script, to be read. Its place is the file system: nothing here changes it. */
export default function ComponentScript() {
  const { component = '', script = '' } = useParams();
  const query = useQuery(textQuery(component, script));
  const path = query.data?.path;
  return (
    <PanelFrame
      title={visible(script)}
      fastPath={`cm_component/${component}/${visible(script)}`}
      lead="As it is on the disk of this node now. It is changed there, not here: write a new file beside it and rename that."
      above={componentPath(component)}
      commands={[
        ...(path === undefined ? [] : [commandLine(['cat', path])]),
        commandLine(['fallover', 'query', 'component', component]),
      ]}
    >
      <Known query={query} elsewhere={{ path: componentPath(component), label: `The scripts of ${component}` }}>
        {(read) => <ScriptText read={read} />}
      </Known>
    </PanelFrame>
  );
}

/** A longer text is shown without colours. */
const COLOURED_UP_TO = 64 * 1024;

function ScriptText({ read }: { read: Reply<typeof getComponentScript> }) {
  const { name, path, realPath, text, bytes, cut, sha256, mode, owner, changedAt } = read;
  const lines = useMemo(() => linesOf(text), [text]);
  return (
    <>
      <dl className="smit-facts">
        <dt>Full pathname</dt>
        <dd>
          <Pathname>{path}</Pathname> <Copy text={path} what="full pathname" />
        </dd>
        {realPath === undefined ? null : (
          <>
            <dt>A link to</dt>
            <dd>
              <Pathname>{realPath}</Pathname>
            </dd>
          </>
        )}
        <dt>File</dt>
        <dd>
          {size(bytes)}, mode {mode}, owner {owner === 0 ? 'root' : `user ${owner}`}, changed{' '}
          <time dateTime={changedAt} title={changedAt}>
            {clockTime(changedAt)}
          </time>
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <code className="smit-path">{sha256}</code>
        </dd>
      </dl>
      {cut ? <p className="smit-warning">Only its beginning is shown: the file has {size(bytes)}.</p> : null}
      {text === '' ? (
        <p className="smit-empty">The file is empty: it counts as disabled, and no event says so.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <section className="component-text script-editor" aria-label={`Text of ${visible(name)}`} tabIndex={0}>
          <pre className="script-lines">
            {lines.map((tokens, index) => (
              <span key={index} className="script-line">
                {tokens.map(({ kind, text: piece }, at) => (
                  <span key={at} className={`script-${kind}`}>
                    {visible(piece)}
                  </span>
                ))}
                {'\n'}
              </span>
            ))}
          </pre>
        </section>
      )}
    </>
  );
}

function linesOf(text: string): ScriptToken[][] {
  const whole = text.replace(/\n$/, '');
  return whole.length <= COLOURED_UP_TO && isShellScript(whole)
    ? colourScript(whole)
    : whole.split('\n').map((line): ScriptToken[] => [{ kind: 'plain', text: line }]);
}
