import { visible } from '../wording/quoted.ts';

/** A line of a script that its shell cannot read. */
export interface SyntaxFinding {
  line?: number;
  sentence: string;
}

const MOST_FINDINGS = 50;
const LONGEST_SENTENCE = 300;

/** `FILE: line 3: …` of bash, `FILE: 3: …` of dash, `FILE: syntax error at line 3: …` of ksh, `FILE[3]: …` of mksh. */
const FORMS = [
  /^[^:]*: (?:warning: )?line (\d+): (.*)$/,
  /^[^:]*: (\d+): (.*)$/,
  /^[^:]*: (?:syntax error at |warning: )line (\d+):? ?(.*)$/,
  /^[^[]*\[(\d+)\]: (.*)$/,
];

/** What a shell says of a script that it reads without running it. What it writes is text of the script too, so nothing is trusted. */
export function readSyntaxFindings(output: string): SyntaxFinding[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_FINDINGS)
    .map((text) => {
      for (const form of FORMS) {
        const [, line, sentence] = form.exec(text) ?? [];
        if (line !== undefined && Number(line) > 0) return { line: Number(line), sentence: shown(sentence || text) };
      }
      return { sentence: shown(text) };
    });
}

function shown(text: string): string {
  return visible(text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}…` : text);
}
