import { readFileSync } from 'node:fs';
import {
  checkMove,
  REQUEST_MOVES,
  REQUEST_ROLES,
  REQUEST_STATES
} from '@terreau/features/orientation/request-life.rules';
import { expect, test } from 'vitest';
import { requestRefusal } from './words.ts';

const texts = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../../texts/${language}/requests.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;

test('whatever is refused says why, in a sentence of French and one of English', () => {
  const [fr, en] = [texts('fr'), texts('en')];
  const said = new Map<string, string>();
  for (const state of REQUEST_STATES) {
    for (const role of REQUEST_ROLES) {
      for (const move of REQUEST_MOVES) {
        const verdict = checkMove(state, move, new Set([role]));
        if (!verdict.ok) said.set(verdict.code, requestRefusal(verdict.code, verdict.details));
      }
    }
  }
  expect(said.size).toBeGreaterThanOrEqual(15);
  for (const [code, sentence] of said) {
    const key = `requests_refusal_${code.replaceAll('-', '_')}`;
    // The compiled texts hold French thin spaces.
    expect(sentence.replace(/\s/gu, ' '), code).toBe(fr[key]);
    expect(fr[key], code).toMatch(/^\p{Lu}.{15,}[.!?]$/u);
    expect(en[key], code).toMatch(/^\p{Lu}.{15,}[.!?]$/u);
    expect(en[key], code).not.toBe(fr[key]);
  }
});
