import { describe, expect, test } from 'vitest';
import { plainMatch } from '../test/oracle.ts';
import file from '../test/reference-vectors.json' with { type: 'json' };
import type { Asker } from './asker.ts';
import { match, MATCH_LIMITS } from './match.ts';
import type { Support } from './support.ts';
import { WEIGHTS } from './weights.ts';

describe('worked examples', () => {
  test.each(file.vectors)('$says', ({ asker, supports, today, expected }) => {
    expect(file.weights).toBe(WEIGHTS.version);
    expect(match(asker as Asker, supports as unknown as Support[], WEIGHTS, today)).toEqual(expected);
    const plain = plainMatch(asker as Asker, supports as unknown as Support[], WEIGHTS, today, MATCH_LIMITS);
    expect(plain.suggestions).toEqual(expected.suggestions.map(({ supportId, score }) => ({ supportId, score })));
  });
});
