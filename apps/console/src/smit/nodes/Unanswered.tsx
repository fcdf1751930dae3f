import type { UnansweredNode } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Sentence } from '../Sentence.tsx';
import { clockTime } from '../times.ts';

interface UnansweredProps {
  nodes: readonly UnansweredNode[];
  /** What is missing of them. */
  what: string;
}

/** Nodes that could not be asked: why, since when, and what to do. Nothing of them is left out without a word. */
export function Unanswered({ nodes, what }: UnansweredProps) {
  if (nodes.length === 0) return null;
  const names = nodes.map(({ node }) => node).join(', ');
  return (
    <Alert component="p" isInline variant="warning" title={`Without ${names}: ${what} could not be asked for.`}>
      {nodes.length === 1 ? (
        <p>
          <Why {...nodes[0]} />
        </p>
      ) : (
        <ul className="smit-sentences">
          {nodes.map((one) => (
            <li key={one.node}>
              <Why {...one} />
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

function Why({ sentence = '', since }: Partial<UnansweredNode>) {
  return (
    <>
      <Sentence>{sentence}</Sentence>
      {since === undefined ? null : (
        <>
          {' '}
          It has been asked in vain since <time dateTime={since}>{clockTime(since)}</time>.
        </>
      )}
    </>
  );
}
