import type { ConversationLineView } from '@fallover/contract';
import { visible, visibleLine } from './visible.ts';

const SIGNS: Record<ConversationLineView['direction'], string> = { sent: '>', received: '<', note: '*' };

/** The conversation as lines: what is sent behind `>`, received behind `<`, noted behind `*`; who is talked to, whenever that changes. */
export function conversationLines(): (line: ConversationLineView) => string[] {
  let partner: string | undefined;
  return ({ recipient, direction, text }) => {
    const heading = recipient === partner || recipient === '' ? [] : [`To ${visibleLine(recipient)}`];
    partner = recipient;
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
    return [...heading, ...lines.map((one) => `${SIGNS[direction]} ${visible(one)}`)];
  };
}
