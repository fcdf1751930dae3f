/**
 * What a command writes is hostile: colours are read, everything else that a terminal would obey is made visible as text.
 * Nothing here returns HTML.
 */
export interface AnsiStyle {
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
  inverse?: true;
  /** 0 to 15: the palette. Other colours are given as `#rrggbb`. */
  colour?: number | string;
  background?: number | string;
}

export interface AnsiToken {
  text: string;
  style: AnsiStyle;
}

/** Between two pieces of one output: the style that holds, and an escape sequence that the next piece may complete. */
export interface AnsiState {
  style: AnsiStyle;
  pending: string;
}

export const ANSI_START: AnsiState = { style: {}, pending: '' };

const ESC = '\u001b';
const LONGEST_SEQUENCE = 64;

/** Reads a piece of output (no line ends in it matter) into tokens of one style each. */
export function readAnsi(piece: string, state: AnsiState = ANSI_START): { tokens: AnsiToken[]; state: AnsiState } {
  const text = state.pending + piece;
  const tokens: AnsiToken[] = [];
  let style = state.style;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') tokens.push({ text: plain, style });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf(ESC, at);
    if (start < 0) {
      plain += visible(text.slice(at));
      break;
    }
    plain += visible(text.slice(at, start));
    const sequence = sequenceAt(text, start);
    if (sequence === 'incomplete') {
      flush();
      return { tokens, state: { style, pending: text.slice(start) } };
    }
    if (sequence === undefined) {
      plain += visible(ESC);
      at = start + 1;
      continue;
    }
    if (sequence.final === 'm') {
      flush();
      style = selectGraphicRendition(style, sequence.parameters);
    } else {
      plain += visible(text.slice(start, sequence.end));
    }
    at = sequence.end;
  }
  flush();
  return { tokens, state: { style, pending: '' } };
}

/** What an output ends with that never became a whole sequence. */
export const readRest = (state: AnsiState): AnsiToken[] =>
  state.pending === '' ? [] : [{ text: visible(state.pending), style: state.style }];

function sequenceAt(text: string, start: number): { parameters: string; final: string; end: number } | 'incomplete' | undefined {
  if (start + 1 >= text.length) return 'incomplete';
  if (text[start + 1] !== '[') return undefined;
  let at = start + 2;
  while (at < text.length && at - start < LONGEST_SEQUENCE) {
    const code = text.charCodeAt(at);
    if (code >= 0x40 && code <= 0x7e) return { parameters: text.slice(start + 2, at), final: text.charAt(at), end: at + 1 };
    if (code < 0x20 || code > 0x3f) return undefined;
    at += 1;
  }
  return at - start < LONGEST_SEQUENCE ? 'incomplete' : undefined;
}

function selectGraphicRendition(style: AnsiStyle, parameters: string): AnsiStyle {
  if (!/^[0-9;:]*$/.test(parameters)) return style;
  const codes = parameters.split(/[;:]/).map(Number);
  let next: AnsiStyle = { ...style };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { value, used } = extendedColour(codes.slice(at + 1));
      at += used;
      if (value !== undefined) next = code === 38 ? { ...next, colour: value } : { ...next, background: value };
    } else next = rendition(next, code);
  }
  return next;
}

function rendition(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 22) return without(style, 'bold', 'dim');
  if (code === 23) return without(style, 'italic');
  if (code === 24) return without(style, 'underline');
  if (code === 27) return without(style, 'inverse');
  if (code >= 30 && code <= 37) return { ...style, colour: code - 30 };
  if (code === 39) return without(style, 'colour');
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code === 49) return without(style, 'background');
  if (code >= 90 && code <= 97) return { ...style, colour: code - 90 + 8 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 100 + 8 };
  return style;
}

function without(style: AnsiStyle, ...names: (keyof AnsiStyle)[]): AnsiStyle {
  return Object.fromEntries(Object.entries(style).filter(([name]) => !names.includes(name as keyof AnsiStyle)));
}

function extendedColour(codes: number[]): { value?: number | string; used: number } {
  const [form = 0, first = 0, second = 0, third = 0] = codes;
  if (form === 5) {
    if (first < 0 || first > 255) return { used: 2 };
    return { value: first < 16 ? first : paletteColour(first), used: 2 };
  }
  if (form === 2) {
    const all = [first, second, third];
    return all.every((one) => one >= 0 && one <= 255) ? { value: hex(all), used: 4 } : { used: 4 };
  }
  return { used: 1 };
}

function paletteColour(index: number): string {
  if (index >= 232) return hex(Array(3).fill(8 + (index - 232) * 10));
  const cube = index - 16;
  const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
  return hex([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

const hex = (parts: number[]): string => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** Control characters as the Unicode pictures of them; bidirectional overrides, which could reorder a line, by number. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

// Tab stays: it is how a table is written.
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
