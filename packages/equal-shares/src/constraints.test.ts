import { describe, expect, test } from 'vitest';
import { createElection } from './election.ts';
import { computeByEnvelope, computeWithLimits } from './constraints.ts';

const election = createElection({
  voteType: 'approval',
  budget: '100',
  projects: [
    { id: 'playground', cost: '40' },
    { id: 'playground-small', cost: '20' },
    { id: 'library', cost: '40' },
    { id: 'north-lamp', cost: '10' },
    { id: 'north-tree', cost: '30' }
  ],
  ballots: [
    { projects: ['playground', 'playground-small', 'library'], voters: 6 },
    { projects: ['library'], voters: 2 },
    { projects: ['north-lamp'], voters: 1 },
    { projects: ['north-lamp', 'north-tree'], voters: 1 }
  ]
});

describe('limits that cities set', () => {
  test('of two variants of one project only one is taken', () => {
    const variants = { name: 'playground', projects: ['playground', 'playground-small'], atMost: 1 };
    const free = computeWithLimits(election, [], { rule: 'mes_cost', completion: 'util' });
    const limited = computeWithLimits(election, [variants], { rule: 'mes_cost', completion: 'util' });
    expect(free.selected).toEqual(expect.arrayContaining(['library']));
    expect(limited.selected.filter((id) => id.startsWith('playground'))).toHaveLength(1);
  });

  test('a minimum for a group is kept, and what was taken only for it is told', () => {
    const north = { name: 'north', projects: ['north-lamp', 'north-tree'], atLeast: 2 };
    const outcome = computeWithLimits(election, [north], { rule: 'mes_cost' });
    expect(outcome.selected).toEqual(expect.arrayContaining(['north-lamp', 'north-tree']));
    expect(outcome.forced).toEqual(['north-tree']);
    expect(outcome.unmet).toEqual([]);
  });

  test('a minimum that no budget can pay for is said to be unmet', () => {
    const outcome = computeWithLimits(
      { ...election, budget: 15n },
      [{ name: 'north', projects: ['north-lamp', 'north-tree'], atLeast: 2 }],
      { rule: 'greedy_cost' }
    );
    expect(outcome.unmet).toEqual(['north']);
  });

  test('each envelope is decided by itself, with its own shares', () => {
    const outcomes = computeByEnvelope(
      election,
      [
        { name: 'north', projects: ['north-lamp', 'north-tree'], budget: 30n },
        { name: 'city', projects: ['playground', 'playground-small', 'library'], budget: 70n }
      ],
      { rule: 'mes_cost', completion: 'util' }
    );
    expect(outcomes.get('north')!.selected).toEqual(['north-lamp']);
    expect(outcomes.get('city')!.selected).toEqual(['library', 'playground-small']);
  });

  test('a project in two envelopes is refused', () => {
    const twice = { projects: ['library'], budget: 40n };
    expect(() =>
      computeByEnvelope(
        election,
        [
          { name: 'a', ...twice },
          { name: 'b', ...twice }
        ],
        { rule: 'mes_cost' }
      )
    ).toThrow('two envelopes');
  });
});
