export interface TextPart {
  text: string;
  /** Where a link leads: just what its text says. */
  href?: string;
}

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`{}|\\^␀-␡]+/g;
/** What ends a sentence or closes a bracket is not part of the address. */
const NOT_AT_ITS_END = /[.,;:!?)\]]+$/;

/** A text cut at the http and https addresses in it; nothing else becomes a link. */
export function linksIn(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(URL_IN_TEXT)) {
    const address = found[0].replace(NOT_AT_ITS_END, '');
    if (!URL.canParse(address)) continue;
    if (found.index > at) parts.push({ text: text.slice(at, found.index) });
    parts.push({ text: address, href: new URL(address).href });
    at = found.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
