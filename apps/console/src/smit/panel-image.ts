const LABEL_WIDTH = 42;
const SKIPPED =
  '.smit-function-bar, .smit-help, .smit-help-sheet, script, style, svg, button.smit-list-mark, [hidden], [aria-hidden="true"]';
const BLOCKS = new Set([
  'P',
  'DIV',
  'SECTION',
  'ARTICLE',
  'HEADER',
  'FORM',
  'UL',
  'OL',
  'LI',
  'DL',
  'FIELDSET',
  'LEGEND',
  'PRE',
  'H4',
  'NAV',
]);
const APART = /^(BUTTON|INPUT|SELECT|TEXTAREA|LABEL|BR|TD|TH)$/;

/** SMIT's image of a panel: what stands on the screen, as text that can be kept. */
export function panelImage(root: Element): string {
  return linesOf(root)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function linesOf(element: Element): string[] {
  if (element.matches(SKIPPED)) return [];
  if (element instanceof HTMLElement && element.dataset.smitField !== undefined) return fieldLines(element);
  switch (element.tagName) {
    case 'H1':
    case 'H2':
    case 'H3':
      return ['', words(element), ''];
    case 'TABLE':
      return ['', ...tableLines(element), ''];
    case 'DL':
      return factLines(element);
    case 'PRE':
      return (element.textContent ?? '').split('\n');
  }
  const lines: string[] = [];
  let inline = '';
  const endLine = (): void => {
    if (inline.trim() !== '') lines.push(inline.replace(/\s+/g, ' ').trim());
    inline = '';
  };
  for (const node of element.childNodes) {
    if (node instanceof Element && isBlock(node)) {
      endLine();
      lines.push(...linesOf(node));
    } else inline += inlineText(node);
  }
  endLine();
  return element.tagName === 'P'
    ? [...lines, '']
    : element.tagName === 'LI'
      ? lines.map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
      : lines;
}

const isBlock = (element: Element): boolean =>
  BLOCKS.has(element.tagName) ||
  /^(H[1-3]|TABLE)$/.test(element.tagName) ||
  element.querySelector('p, div, table, ul, ol, dl, pre, h1, h2, h3, [data-smit-field]') !== null;

/** `* Recovery Command Retry                    [2]  #` */
function fieldLines(field: HTMLElement): string[] {
  const marks = [...field.querySelectorAll('.smit-marks > *')].map((mark) => (mark.textContent ?? '').trim());
  const names = [...field.querySelectorAll('.smit-name')].map(words);
  const value =
    names.length > 0 ? names.join(' ') : [...field.querySelectorAll('input, select, textarea')].map(entryText).join(' ');
  const label = `${marks.includes('*') ? '* ' : '  '}${field.dataset.smitLabel ?? ''}`.padEnd(LABEL_WIDTH);
  const shown = marks.filter((mark) => mark !== '*').join('');
  const faults = [...field.querySelectorAll('.smit-fault p, .smit-warning')].map((one) => `    ${words(one)}`);
  return [`${label} ${/^\[.\]/.test(value) ? value : `[${value}]`} ${shown}`.trimEnd(), ...faults];
}

function tableLines(table: Element): string[] {
  const rows = [...table.querySelectorAll('tr')].map((row) => [...row.querySelectorAll(':scope > th, :scope > td')].map(words));
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function factLines(list: Element): string[] {
  const terms = [...list.querySelectorAll('dt')];
  const width = Math.max(0, ...terms.map((term) => words(term).length));
  return [
    ...terms.map((term) =>
      `${words(term).padEnd(width)}  ${term.nextElementSibling ? words(term.nextElementSibling) : ''}`.trimEnd(),
    ),
    '',
  ];
}

function words(element: Element): string {
  let text = '';
  for (const node of element.childNodes) text += inlineText(node);
  return text.replace(/\s+/g, ' ').trim();
}

/** Words that stand apart on the screen stand apart in the text; the rest is as it is written. */
function inlineText(node: ChildNode): string {
  if (!(node instanceof Element)) return node.textContent ?? '';
  const text = entryText(node);
  return BLOCKS.has(node.tagName) || APART.test(node.tagName) ? ` ${text} ` : text;
}

/** What is entered, for an entry; for anything else its words. */
function entryText(element: Element): string {
  if (element.matches(SKIPPED)) return '';
  if (element instanceof HTMLInputElement) {
    if (element.type === 'checkbox' || element.type === 'radio') return element.checked ? '[x]' : '[ ]';
    return element.value;
  }
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.textContent ?? '';
  if (element instanceof HTMLTextAreaElement) return element.value;
  return words(element);
}
