/** What a step is called in a list: `pre-event stop_app`, `event`, `recovery`. */
export function keyWords({ key, customEvent }: { key: string; customEvent?: string | undefined }): string {
  const [kind = '', number] = key.split('.');
  const words = WORDS[kind] ?? kind;
  return customEvent ? `${words} ${customEvent}` : number ? `${words} ${number}` : words;
}

const WORDS: Record<string, string> = {
  notify_start: 'notify start',
  pre_event: 'pre-event',
  event: 'event',
  command: 'program command',
  recovery: 'recovery',
  post_event: 'post-event',
  notify_complete: 'notify complete',
};
