import { describe, expect, it } from 'vitest';
import { runIdSentence } from './run-id.ts';
import { matchId } from './short-id.ts';
import { matchStep, shortStep, stepSentence } from './steps.ts';

const A = '0199aaaa-0000-7000-8000-000000abcdef';
const B = '0199aaaa-1111-7000-8000-000000fedcba';
const run = (text: string) => {
  const found = matchId(text, [A, B]);
  return found.ok ? found.value : runIdSentence(found.error);
};

describe('a run that a person names', () => {
  it.each([
    ['abcdef', A],
    ['FEDCBA', B],
    ['0199aaaa-1', B],
    ['cdef', 'RUN: "cdef" is too short for the id of a run; give at least 6 characters of its beginning or its end.'],
    ['123456', `RUN: no run's id is, begins or ends with "123456". "fallover query run" lists the runs.`],
    ['0199aaaa', `RUN: "0199aaaa" stands for 2 runs, such as ${A}, ${B}; give more of the id.`],
  ])('%s', (text, meant) => {
    expect(run(text)).toBe(meant);
  });
});

const EVENT = `${A}/1/nodea/event/1`;
const CALLED = `${EVENT}/2.start_server/event/1`;
const PRE = `${A}/1/nodea/pre_event.2/1`;
const step = (text: string, steps = [EVENT, CALLED, PRE]) => {
  const found = matchStep(text, steps);
  return found.ok ? found.value : stepSentence(found.error);
};

describe('a step that a person names', () => {
  it.each([
    [EVENT, EVENT],
    ['1/nodea/event/1', EVENT],
    ['nodea/event', EVENT],
    ['pre_event.2', PRE],
    ['2.start_server/event/1', CALLED],
    [
      'event/1',
      'STEP: "event/1" stands for several steps: 1/nodea/event/1, 1/nodea/event/1/2.start_server/event/1. Give one of these.',
    ],
    [
      'recovery',
      'STEP: "recovery" is not a step of this run to which that can be done. These are: 1/nodea/event/1, 1/nodea/event/1/2.start_server/event/1, 1/nodea/pre_event.2/1.',
    ],
  ])('%s', (text, meant) => {
    expect(step(text)).toBe(meant);
  });

  it('is told when there is none at all', () => {
    expect(step('event/1', [])).toBe('STEP: "event/1" is not a step of this run to which that can be done: there is none.');
  });

  it('is shown without the run', () => {
    expect(shortStep(PRE)).toBe('1/nodea/pre_event.2/1');
  });
});
