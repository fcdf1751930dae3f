import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { ToldEventSource } from './event-source.ts';

Object.assign(globalThis, { EventSource: ToldEventSource });
Object.assign(globalThis, {
  matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }),
  scrollTo() {},
});

// A busy machine is slow, not wrong; and a fault is read faster without the whole page printed behind it.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message ?? 'not found') });

// Browsers answer with a promise by now; where that is taken for what an effect puts away, the panel falls over.
Element.prototype.scrollIntoView = () => Promise.resolve() as never;

beforeEach(() => {
  ToldEventSource.all = [];
  localStorage.clear();
});
afterEach(cleanup);
