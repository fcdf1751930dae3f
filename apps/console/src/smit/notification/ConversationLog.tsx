import './notification.css';
import type { ConversationLineView } from '@fallover/contract';
import { useLayoutEffect, useRef } from 'react';
import type { Conversation } from './use-conversation.ts';
import { recipientWords, shownLines } from './words.ts';

const SIGNS: Record<ConversationLineView['direction'], { sign: string; says: string }> = {
  sent: { sign: '→', says: 'sent' },
  received: { sign: '←', says: 'received' },
  note: { sign: '·', says: 'note' },
};

/** Who stays this near to the end follows it. */
const NEAR = 24;

/** What both sides said, line by line as it happens. What the other side says is text and never anything else. */
export function ConversationLog({ lines, end, lost }: Conversation) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useLayoutEffect(() => {
    const { current } = box;
    if (current && following.current) current.scrollTop = current.scrollHeight;
  });
  const several = new Set(lines.map(({ recipient }) => recipient)).size > 1;
  return (
    <div
      ref={box}
      className="conversation"
      role="log"
      aria-label="Conversation"
      // Reading it by the keyboard takes the focus.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled has to be reached by the keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < NEAR;
      }}
    >
      {lines.map((line, index) => (
        <Line key={index} line={line} before={lines[index - 1]} several={several} />
      ))}
      {end && lines.length === 0 ? <p className="conversation-wait">Nothing was said: it did not come to that.</p> : null}
      {end ? null : (
        <p className="conversation-wait">
          {lost ? 'The cluster manager is away; reconnecting …' : 'Waiting for the other side …'}
        </p>
      )}
    </div>
  );
}

function Line({
  line,
  before,
  several,
}: {
  line: ConversationLineView;
  before: ConversationLineView | undefined;
  several: boolean;
}) {
  const { sign, says } = SIGNS[line.direction];
  return (
    <>
      {several && before?.recipient !== line.recipient ? (
        <p className="conversation-recipient">To {recipientWords(line.recipient)}</p>
      ) : null}
      <div className={`conversation-line conversation-${line.direction}`}>
        <time dateTime={line.at}>{wallTime(line.at)}</time>
        <span className="conversation-sign">
          <span aria-hidden="true">{sign}</span>
          <span className="pf-v6-screen-reader">{says}</span>
        </span>
        <span className="conversation-text">
          {shownLines(line.text).map((text, index) => (
            <span key={index}>{text}</span>
          ))}
        </span>
      </div>
    </>
  );
}

/** To the millisecond: which side was slow is seen at a look. */
function wallTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
