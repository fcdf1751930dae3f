import { Fragment } from 'react';
import { visible } from './ansi.ts';

/** A part that is longer than this may have no room on a narrow screen, and breaks where it has to. */
const LONGEST_WHOLE = 28;

const partsOf = (text: string): string[] => text.match(/[^/]*\/|[^/]+$/g) ?? [];

/** A full pathname. Where it has no room in one line it breaks behind a slash, and nowhere else. */
export function Pathname({ children, className = '' }: { children: string; className?: string }) {
  const isWhole = partsOf(children).every(({ length }) => length <= LONGEST_WHOLE);
  const names = ['smit-path', ...(isWhole ? ['smit-path-whole'] : []), ...(className === '' ? [] : [className])];
  return (
    <code className={names.join(' ')}>
      <BreaksAtSlashes>{visible(children)}</BreaksAtSlashes>
    </code>
  );
}

/** What may have pathnames in it, such as a command with its arguments: rather behind a slash than in the middle of a name. */
export function BreaksAtSlashes({ children }: { children: string }) {
  return partsOf(children).map((part, at) => (
    <Fragment key={at}>
      {at > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}
