import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { visible } from '../ansi.ts';
import { clockTime } from '../times.ts';

interface UnansweredProps {
  nodes: readonly { node: string; sentence: string; since?: string | undefined }[];
  /** What is missing of them. */
  what: string;
}

/** Nodes that could not be asked: why, since when, and what to do. Nothing of them is left out without a word. */
export function Unanswered({ nodes, what }: UnansweredProps) {
  if (nodes.length === 0) return null;
  const names = nodes.map(({ node }) => node).join(', ');
  return (
    <Alert component="p" isInline variant="warning" title={`Without ${names}: ${what} could not be asked for.`}>
      <ul className="smit-sentences">
        {nodes.map(({ node, sentence, since }) => (
          <li key={node}>
            {visible(sentence)}
            {since === undefined ? null : (
              <>
                {' '}
                It has been asked in vain since <time dateTime={since}>{clockTime(since)}</time>.
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
