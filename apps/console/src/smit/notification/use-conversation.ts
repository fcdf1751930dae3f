import {
  type ConversationLineView,
  conversationLine,
  type NotificationView,
  notificationView,
  watchNotificationTest,
} from '@fallover/contract';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { urlOf } from '../../api.ts';
import { watch } from '../../live/watch.ts';

export interface Conversation {
  lines: readonly ConversationLineView[];
  /** What became of it, once every recipient is done. */
  end: NotificationView | undefined;
  /** The cluster manager is away; what it says is read from the first line on when it is there again. */
  lost: boolean;
}

const NOTHING: Conversation = { lines: [], end: undefined, lost: false };

/** The conversation of a test as it happens. */
export function useConversation(test: string): Conversation {
  const [conversation, setConversation] = useState(NOTHING);
  useEffect(() => {
    setConversation(NOTHING);
    const close = watch(urlOf(watchNotificationTest, { parameters: { test } }), {
      // All lines come again after a loss.
      opened: () => setConversation(NOTHING),
      lost: () => setConversation((known) => ({ ...known, lost: true })),
      events: {
        line(data) {
          const line = parsed(conversationLine, data);
          if (line) setConversation((known) => ({ ...known, lines: [...known.lines, line] }));
        },
        end(data) {
          close();
          const end = parsed(notificationView, data);
          if (end) setConversation((known) => ({ ...known, end, lost: false }));
        },
      },
    });
    return close;
  }, [test]);
  return conversation;
}

function parsed<Schema extends z.ZodType>(schema: Schema, data: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
