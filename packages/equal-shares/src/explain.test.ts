import { describe, expect, test } from 'vitest';
import { generatedElection } from '../test/generated.ts';
import { add, compare, rational, subtract, ZERO } from './exact/rational.ts';
import { createElection, inCurrency } from './election.ts';
import { chartSvg, chartTable } from './chart.ts';
import { explain } from './explain.ts';
import { fractionOf, projectSentences, voterSentences } from './sentences.ts';
import { computeOutcome } from './outcome.ts';

/** Six voters, 60 to spend: 10 each. Three want the garden, two of them also the bench, three others the cinema. */
const election = createElection({
  voteType: 'approval',
  budget: '60',
  projects: [
    { id: 'garden', name: 'Jardin', cost: '24' },
    { id: 'bench', name: 'Banc', cost: '9' },
    { id: 'cinema', name: 'Cinéma', cost: '36' },
    { id: 'statue', name: 'Statue', cost: '50' }
  ],
  ballots: [{ projects: ['garden', 'bench'], voters: 2 }, { projects: ['garden'] }, { projects: ['cinema'], voters: 3 }]
});
const french = {
  language: 'fr' as const,
  currency: '€',
  nameOf: (id: string) => election.projects.find((p) => p.id === id)!.name
};

describe('explanations', () => {
  const told = explain(election, { rule: 'mes_cost' });

  test('a project bought says when, at which price, and who paid', () => {
    const garden = told.project('garden');
    expect(garden).toMatchObject({
      status: 'bought',
      round: 1,
      supporters: 3,
      fullPayment: '8',
      effectiveVotes: '3',
      leftInBudget: '36'
    });
    expect(told.payers('garden').map((g) => [g.voters, g.paid])).toEqual([
      [2, '8'],
      [1, '8']
    ]);
  });

  test('a project missed says what its supporters lacked, where their money went, and the cost that would have been funded', () => {
    expect(told.project('bench')).toMatchObject({
      status: 'missed',
      reason: 'supporters short',
      lostInRound: 1,
      spentOn: [{ project: 'garden', voters: 2, money: '16' }],
      wouldHaveBeenFundedAt: '4'
    });
    expect(told.project('statue')).toMatchObject({ status: 'missed', reason: 'nobody' });
  });

  test('the cost that would have been funded is the largest one', () => {
    const at = (cost: string) =>
      createElection({
        voteType: 'approval',
        budget: '60',
        projects: [
          { id: 'garden', cost: '24' },
          { id: 'bench', cost },
          { id: 'cinema', cost: '36' }
        ],
        ballots: [
          { projects: ['garden', 'bench'], voters: 2 },
          { projects: ['garden'] },
          { projects: ['cinema'], voters: 3 }
        ]
      });
    expect(computeOutcome(at('4'), { rule: 'mes_cost' }).selected).toContain('bench');
    expect(computeOutcome(at('5'), { rule: 'mes_cost' }).selected).not.toContain('bench');
  });

  test('the last step of a completion is told apart from what shares bought', () => {
    const account = explain(election, { rule: 'mes_cost', completion: 'util' }).project('cinema');
    expect(account).toMatchObject({ status: 'added', leftBefore: '36', leftInBudget: '0' });
    expect(projectSentences(account, french)[0]).toContain('ajouté à la fin');
  });

  test('a voter is told what their share bought and what was left', () => {
    expect(told.voter(0)).toEqual({ share: '10', paid: [{ project: 'garden', money: '8' }], left: '2' });
    expect(voterSentences(told.voter(0), french)).toEqual([
      'La part de cette personne était de 10 €.',
      'Elle a payé 8 € pour « Jardin ».',
      'Il en est resté 2 €.'
    ]);
  });

  test('sentences exist in both languages', () => {
    expect(projectSentences(told.project('bench'), french)[0]).toBe(
      '« Banc » coûte 9 €. À la fin, les 2 personnes qui le soutiennent détenaient 4 € : il manquait 5 €.'
    );
    expect(projectSentences(told.project('bench'), { ...french, language: 'en' })[0]).toBe(
      '“Banc” costs 9 €. At the end its 2 supporters held 4 €: 5 € was missing.'
    );
  });

  test('the chart carries its own title, description and table', () => {
    const svg = chartSvg(election, told, { language: 'fr', currency: '€' });
    expect(svg).toContain('<title id="t">Qui a payé quoi</title>');
    expect(svg).toContain('aria-labelledby="t d"');
    expect(svg).toContain('Reste dans toutes les bourses : 36 €.');
    expect(chartTable(election, told, { language: 'fr', currency: '€' })).toContain(
      '<td>Jardin</td><td>24 €</td><td>3</td><td>8 €</td>'
    );
  });
});

describe('on generated elections', () => {
  test(
    'the payments for each project add up to its cost, and nobody pays more than their share',
    { timeout: 60_000 },
    () => {
      let bought = 0;
      for (let seed = 1; seed <= 300; seed++) {
        const generated = generatedElection(seed);
        const rule =
          generated.voteType === 'ordinal'
            ? 'mes_borda'
            : generated.voteType === 'cumulative'
              ? 'mes_points'
              : 'mes_cost';
        const told = explain(generated.election, { rule, completion: 'add1' });
        for (const { project } of told.accounts.run.purchases) {
          const { id, cost } = generated.election.projects[project]!;
          const paid = told
            .payers(id)
            .reduce(
              (sum, g) => add(sum, rational(fractionOf(g.paid).num * BigInt(g.voters), fractionOf(g.paid).den)),
              ZERO
            );
          expect(compare(paid, inCurrency(generated.election, rational(cost))), `seed ${seed}, project ${id}`).toBe(0);
          bought++;
        }
        for (let v = 0; v < generated.election.ballots.groupOf.length; v++) {
          const voter = told.voter(v);
          const spent = voter.paid.reduce((sum, p) => add(sum, fractionOf(p.money)), ZERO);
          expect(compare(subtract(fractionOf(voter.share), spent), fractionOf(voter.left))).toBe(0);
          expect(fractionOf(voter.left).num >= 0n).toBe(true);
        }
      }
      expect(bought).toBeGreaterThan(300);
    }
  );
});
