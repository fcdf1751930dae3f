import { describe, expect, it } from 'vitest';
import { programLines } from '../recovery-programs/parse-program.ts';
import { programLineSentences } from './program-line.ts';

const PROGRAM = `# the others first
other "network_down" 0 NULL
barrier
event "/opt/ha/route" X NULL
all "/opt/ha/log" 3
`;

describe('the lines of a recovery program', () => {
  it('are told in words, each for itself', () => {
    expect(programLines(PROGRAM).map((line) => [line.number, ...programLineSentences(line)])).toEqual([
      [1],
      [
        2,
        'Every node but the one where it happened: the event network_down, with all that is customised on it. Exit status 0 is success, any other one a failure.',
      ],
      [3, 'No node goes past here until every one has done what stands above, or is lost.'],
      [
        4,
        'The node where it happened: the command /opt/ha/route alone, with the arguments of the event. Any exit status is success.',
      ],
      [5, 'NULL is missing at the end of the line. Write it behind the expected status.'],
      [6],
    ]);
  });

  it('of a site event speak of its nodes', () => {
    const [line] = programLines('event "site_up" 0 NULL');
    expect(line && programLineSentences(line, { atSite: true })).toEqual([
      'The nodes of the site: the event site_up, with all that is customised on it. Exit status 0 is success, any other one a failure.',
    ]);
  });
});
