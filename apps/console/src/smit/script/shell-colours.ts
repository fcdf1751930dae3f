/** What a piece of a shell script is, for its colour. */
type ScriptWord = 'comment' | 'string' | 'variable' | 'keyword' | 'plain';
export interface ScriptToken {
  kind: ScriptWord;
  text: string;
}

const KEYWORDS = new Set(
  'if then elif else fi for while until do done case esac in function select time return exit break continue local export readonly typeset declare set unset shift trap eval exec'.split(
    ' ',
  ),
);
const SHELLS = /^#!\s*\S*\/(env\s+(-\S+\s+)*)?(ba|da|k|z|mk|pdk|a)?sh(93)?(\s|$)/;

/** A script without an interpreter line is one of the shell. */
export const isShellScript = (text: string): boolean =>
  !text.startsWith('#!') || SHELLS.test(text.slice(0, 200).split('\n')[0] ?? '');

/** What a line begins in: quotes that an earlier one opened, and the here-documents that follow. */
interface Within {
  quote: '' | "'" | '"';
  /** Their delimiters, in order; the first is being read. */
  documents: { end: string; tabs: boolean }[];
}

/**
 * The lines of a shell script in coloured pieces. It is meant for the eye and knows no more than quotes, variables, comments,
 * here-documents and the words of the language; the pieces of a line put together are the line.
 */
export function colourScript(source: string): ScriptToken[][] {
  const within: Within = { quote: '', documents: [] };
  return source.split('\n').map((line) => colourLine(line, within));
}

function colourLine(line: string, within: Within): ScriptToken[] {
  const [document] = within.documents;
  if (document && within.quote === '') {
    if ((document.tabs ? line.replace(/^\t+/, '') : line) === document.end) {
      within.documents.shift();
      return pieces([{ kind: 'keyword', text: line }]);
    }
    return pieces([{ kind: 'string', text: line }]);
  }
  const tokens: ScriptToken[] = [];
  let commandFollows = true;
  let at = 0;
  const take = (kind: ScriptWord, length: number): void => {
    tokens.push({ kind, text: line.slice(at, at + length) });
    at += length;
  };
  while (at < line.length) {
    const rest = line.slice(at);
    if (within.quote !== '') {
      const closed = inQuotes(rest, within.quote);
      if (within.quote === '"') for (const token of withVariables(rest.slice(0, closed ?? rest.length))) tokens.push(token);
      else tokens.push({ kind: 'string', text: rest.slice(0, closed ?? rest.length) });
      at += closed ?? rest.length;
      if (closed !== undefined) within.quote = '';
      commandFollows = false;
      continue;
    }
    const [blank] = /^\s+/.exec(rest) ?? [];
    if (blank) {
      take('plain', blank.length);
      continue;
    }
    if (rest.startsWith('#') && (at === 0 || /[\s;&|(]/.test(line[at - 1] ?? ''))) {
      take('comment', rest.length);
      continue;
    }
    const [all, tabs, quote, end] = /^<<(-?)\s*(["']?)([A-Za-z_][\w.-]*)\2/.exec(rest) ?? [];
    if (all !== undefined && end !== undefined && quote !== undefined) {
      within.documents.push({ end, tabs: tabs === '-' });
      take('keyword', all.length);
      continue;
    }
    const [character = ''] = rest;
    if (character === "'" || character === '"') {
      within.quote = character;
      take('string', 1);
      continue;
    }
    if (character === '\\') {
      take('plain', Math.min(2, rest.length));
      commandFollows = false;
      continue;
    }
    const variable = variableAt(rest);
    if (variable > 0) {
      take('variable', variable);
      commandFollows = false;
      continue;
    }
    const [word] = /^[A-Za-z_][\w-]*/.exec(rest) ?? [];
    if (word) {
      const isKeyword: boolean = KEYWORDS.has(word) && (commandFollows || word === 'in');
      take(isKeyword ? 'keyword' : 'plain', word.length);
      commandFollows = isKeyword;
      continue;
    }
    commandFollows = /[;&|({!)]/.test(character);
    take('plain', 1);
  }
  return pieces(tokens);
}

/** How far the quoted text goes, its end included; nothing where the line does not close it. */
function inQuotes(text: string, quote: string): number | undefined {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return undefined;
}

function withVariables(text: string): ScriptToken[] {
  const tokens: ScriptToken[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const variable = text[at] === '\\' ? 0 : variableAt(text.slice(at, at + 200));
    const length = variable > 0 ? variable : text[at] === '\\' ? 2 : 1;
    if (variable === 0) plain += text.slice(at, at + length);
    else {
      tokens.push({ kind: 'string', text: plain }, { kind: 'variable', text: text.slice(at, at + variable) });
      plain = '';
    }
    at += length;
  }
  return [...tokens, { kind: 'string', text: plain }];
}

const variableAt = (text: string): number => /^\$(\{[^}]{0,200}\}|[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(text)?.[0].length ?? 0;

/** Neighbours of the same kind are one piece. */
function pieces(tokens: readonly ScriptToken[]): ScriptToken[] {
  const joined: ScriptToken[] = [];
  for (const { kind, text } of tokens) {
    const last = joined.at(-1);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else joined.push({ kind, text });
  }
  return joined;
}
