import type { EntryChangeView } from '@fallover/contract';
import { attributeOf } from '@fallover/events';
import { commandLine } from '../../smit/shell-words.ts';

interface Asked {
  change?: Pick<EntryChangeView, 'class' | 'name'>;
  value?: EntryChangeView['values'][number];
}

/** The line of `fallover` that takes the same back; custom events are events in the words of clmgr. */
export function revertLine({ change, value }: Asked): string {
  if (!change) return 'fallover revert --all';
  const entryClass = change.class === 'custom_event' ? 'event' : change.class;
  return commandLine([
    'fallover',
    'revert',
    entryClass,
    change.name,
    ...(value ? [attributeOf(value.field)] : []),
    ...(value?.node === undefined ? [] : [`NODE=${value.node}`]),
  ]);
}
