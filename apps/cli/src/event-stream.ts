/** One server-sent event. */
export interface StreamEvent {
  event: string;
  data: string;
  id?: string;
}

/** Reads server-sent events from text that arrives in pieces, cut anywhere. Comments, such as heartbeats, are passed over. */
export function eventStreamReader(): (text: string) => StreamEvent[] {
  let unread = '';
  let event = '';
  let data: string[] = [];
  let id: string | undefined;

  function line(text: string): StreamEvent | undefined {
    if (text === '') {
      const complete = data.length === 0 ? undefined : { event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      return complete && (id === undefined ? complete : { ...complete, id });
    }
    const colon = text.indexOf(':');
    const field = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  }

  return (text) => {
    const lines = (unread + text).split('\n');
    unread = lines.pop() ?? '';
    return lines.flatMap((raw) => line(raw.endsWith('\r') ? raw.slice(0, -1) : raw) ?? []);
  };
}
