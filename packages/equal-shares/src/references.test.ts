import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFile, expectedFiles } from '../test/compare.ts';
import { maxWelfare } from './rules/max-welfare.ts';
import { createElection } from './election.ts';
import { decimalText } from './exact/rational.ts';
import { explain } from './explain.ts';
import { computeOutcome, type Choice } from './outcome.ts';
import { fractionOf } from './sentences.ts';
import { readPabulib } from './pabulib/reader.ts';

const SHARED = join(import.meta.dirname, '../../../../shared/data/pabulib');
const isHere = existsSync(join(SHARED, 'expected'));

const SLOW = new Set(['France_Toulouse_2022.json', 'Hungary_Budapest_2024.json']);

/** Files whose whole comparison takes long are left to `npm run compare`, which runs them all. */
const LONGEST_BYTES = 60_000;

describe('real elections', () => {
  if (!isHere) {
    test.skip('SKIPPED: ../shared/data/pabulib is absent, so no real election was compared', () => {});
    return;
  }
  const small = expectedFiles(SHARED).filter((name) => {
    const pb = readFileSync(join(SHARED, 'pb', name.replace(/json$/, 'pb')));
    return pb.length < LONGEST_BYTES && !SLOW.has(name);
  });

  test(
    `agree with every published reference outcome (${small.length} files; npm run compare for all)`,
    { timeout: 180_000 },
    () => {
      const differences = small.flatMap((name) => compareFile(SHARED, name).differences);
      expect(small.length).toBeGreaterThan(20);
      expect(differences).toEqual([]);
    }
  );

  test('Wieliczka 2023: Equal Shares with Add1 elects the thirty official winners', { timeout: 60_000 }, () => {
    const file = readPabulib(readFileSync(join(SHARED, 'pb/Poland_Wieliczka_2023_Green_Budget.pb')));
    const official = file.projects.filter((row) => row.columns.get('selected') === '1').map((row) => row.id);
    const outcome = computeOutcome(file.election, { rule: 'mes_cost', completion: 'add1' });
    expect(official).toHaveLength(30);
    expect([...outcome.selected].sort()).toEqual([...official].sort());
    expect(outcome.endowment).toBe('1040052/3293');
  });

  test(
    'Wieliczka 2023: the effective votes of each winner are those of the printed report',
    { timeout: 60_000 },
    () => {
      const report = JSON.parse(readFileSync(join(SHARED, 'fixtures/wieliczka_2023_official_report.json'), 'utf8')) as {
        winners: { id: string; eff: number }[];
      };
      const { election } = readPabulib(readFileSync(join(SHARED, 'pb/Poland_Wieliczka_2023_Green_Budget.pb')));
      const rounds = explain(election, { rule: 'mes_cost', completion: 'add1' }).trace().rounds;
      expect(rounds.map((round) => [round.project, Number(decimalText(fractionOf(round.effectiveVotes), 2))])).toEqual(
        report.winners.map(({ id, eff }) => [id, eff])
      );
    }
  );

  test(
    'committees of the abcvoting test instances: one of the expected ones, for Equal Shares and Phragmén',
    { timeout: 60_000 },
    () => {
      const lines = readFileSync(join(SHARED, 'fixtures/abcvoting_unit_cost.jsonl'), 'utf8').trim().split('\n');
      for (const line of lines) {
        const instance = JSON.parse(line) as {
          id: string;
          num_cand: number;
          committeesize: number;
          profile: number[][];
          expected: Record<string, number[][] | undefined>;
        };
        const election = createElection({
          voteType: 'approval',
          budget: String(instance.committeesize),
          projects: Array.from({ length: instance.num_cand }, (_, i) => ({ id: String(i), cost: '1' })),
          ballots: instance.profile.map((ballot) => ({ projects: ballot.map(String) }))
        });
        const elected = (choice: Choice): number[] =>
          computeOutcome(election, choice)
            .selected.map(Number)
            .sort((a, b) => a - b);
        const wanted = (rule: string): number[][] | undefined =>
          instance.expected[rule]?.map((set) => [...set].sort((a, b) => a - b));
        const [shares, seqphragmen] = [wanted('equal-shares-with-av-completion'), wanted('seqphragmen')];
        if (shares !== undefined)
          expect(shares, instance.id).toContainEqual(elected({ rule: 'mes_card', completion: 'util' }));
        if (seqphragmen !== undefined)
          expect(seqphragmen, instance.id).toContainEqual(elected({ rule: 'phragmen_skip' }));
      }
      expect(lines.length).toBe(288);
    }
  );

  test('the best total welfare is found, and proved, where the references prove it', { timeout: 180_000 }, () => {
    let compared = 0;
    for (const name of small.filter((_, i) => i % 4 === 0)) {
      const expected = JSON.parse(readFileSync(join(SHARED, 'expected', name), 'utf8')) as {
        file: string;
        max_welfare?: Record<'cost' | 'card', { optimum: string; proved: boolean } | undefined>;
      };
      const { election } = readPabulib(readFileSync(join(SHARED, 'pb', expected.file)), {
        tolerate: ['counts', 'limits']
      });
      for (const utility of ['cost', 'card'] as const) {
        const wanted = expected.max_welfare?.[utility];
        if (wanted?.proved !== true) continue;
        const got = maxWelfare(election, utility);
        const scale = 10n ** BigInt(utility === 'cost' ? election.moneyScale : 0);
        expect(got.proved, `${name} ${utility}`).toBe(true);
        expect(got.welfare / scale, `${name} ${utility}`).toBe(BigInt(wanted.optimum.split('.')[0]!));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('every real file reads without an error that would stop a count', { timeout: 180_000 }, () => {
    const names = readdirSync(join(SHARED, 'pb')).filter(
      (name) => readFileSync(join(SHARED, 'pb', name)).length < LONGEST_BYTES
    );
    for (const name of names)
      expect(
        () => readPabulib(readFileSync(join(SHARED, 'pb', name)), { tolerate: ['counts', 'limits'] }),
        name
      ).not.toThrow();
  });
});
