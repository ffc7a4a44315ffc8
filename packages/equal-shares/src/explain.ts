import { createAccounts, rateOf, strengthOf, type Accounts } from './accounts.ts';
import { decimalFromScale } from './exact/decimal.ts';
import { compare, divide, fractionText, rational, subtract, ZERO, type Rational } from './exact/rational.ts';
import { inCurrency, moneyText, type Election } from './election.ts';
import { completeMes, isMes, utilityOf, type Choice } from './outcome.ts';
import type { Completed } from './rules/completions.ts';
import { createEngine } from './rules/equal-shares.ts';
import { supportOf, type Support } from './support.ts';
import { tieRanks } from './ties.ts';
import type {
  AddedAccount,
  BoughtAccount,
  EndingAccount,
  Explanation,
  MissedAccount,
  MissedStage,
  Money,
  PayerGroup,
  ProjectAccount,
  Trace,
  VoterAccount
} from './explanation.ts';

export function explain(election: Election, choice: Choice): Explanation {
  if (!isMes(choice.rule)) throw new RangeError('only outcomes of Equal Shares have payments to explain');
  const support = supportOf(election, utilityOf(choice.rule));
  const completed = completeMes(election, choice);
  const engine = createEngine(support, tieRanks(election, choice.tie ?? 'lex'));
  const run = engine.run(completed.run.endowment, { limit: election.budget, detail: true });
  const accounts = createAccounts(support, run);
  const context: Context = { election, choice, support, completed, accounts };
  const indexOf = (id: string): number => {
    const p = election.projects.findIndex((project) => project.id === id);
    if (p < 0) throw new RangeError(`there is no project ${id}`);
    return p;
  };
  return {
    completed,
    accounts,
    project: (id) => projectAccount(context, indexOf(id)),
    payers: (id) => payers(context, indexOf(id)),
    voter: (index) => voterAccount(context, election.ballots.groupOf[index] ?? -1),
    trace: () => trace(context)
  };
}

interface Context {
  readonly election: Election;
  readonly choice: Choice;
  readonly support: Support;
  readonly completed: Completed;
  readonly accounts: Accounts;
}

const money = ({ election }: Context, units: Rational): Money => fractionText(inCurrency(election, units));
const idOf = ({ election }: Context, p: number): string => election.projects[p]!.id;
const costOf = ({ election }: Context, p: number): Money => moneyText(election, election.projects[p]!.cost);

function spentBefore({ election, accounts, completed }: Context, order: number): bigint {
  const all = [...accounts.run.purchases.map((purchase) => purchase.project), ...completed.added];
  return all.slice(0, order).reduce((sum, p) => sum + election.projects[p]!.cost, 0n);
}

const left = (context: Context, order: number): bigint => context.election.budget - spentBefore(context, order);
const leftText = (context: Context, order: number): Money =>
  decimalFromScale(left(context, order), context.election.moneyScale);

function projectAccount(context: Context, p: number): ProjectAccount {
  const round = context.accounts.roundOf(p);
  if (round >= 0) return boughtAccount(context, round);
  const place = context.completed.added.indexOf(p);
  return place >= 0 ? addedAccount(context, place) : missedAccount(context, p);
}

function boughtAccount(context: Context, round: number): BoughtAccount {
  const { accounts, support, election } = context;
  const { project, tiedWith, short } = accounts.run.purchases[round]!;
  const rate = rateOf(accounts.run, round);
  const cost = rational(election.projects[project]!.cost);
  const shortMoney = accounts.held(short, round);
  const shortVoters = short.reduce((sum, g) => sum + support.weight[g]!, 0);
  const broke = accounts.supporters(project).filter((g) => accounts.brokeIn(g) < round);
  const full = support.votes[project]! - shortVoters - broke.reduce((sum, g) => sum + support.weight[g]!, 0);
  const exactRate = rational(rate.num, rate.den);
  return {
    status: 'bought',
    project: idOf(context, project),
    cost: costOf(context, project),
    round: round + 1,
    supporters: support.votes[project]!,
    pricePerUtility: fractionText(
      support.utility === 'cost'
        ? divide(exactRate, cost.num === 0n ? rational(1n) : cost)
        : inCurrency(election, exactRate)
    ),
    fullPayment: money(context, exactRate),
    effectiveVotes: rate.num === 0n ? String(support.votes[project]!) : fractionText(divide(cost, exactRate)),
    paidInFull: { voters: full, money: money(context, subtract(cost, shortMoney)) },
    ranShort: { voters: shortVoters, money: money(context, shortMoney) },
    tiedWith: tiedWith.map((q) => idOf(context, q)),
    leftInBudget: leftText(context, round + 1)
  };
}

function addedAccount(context: Context, place: number): AddedAccount {
  const p = context.completed.added[place]!;
  const order = context.accounts.run.purchases.length + place;
  return {
    status: 'added',
    project: idOf(context, p),
    cost: costOf(context, p),
    place: place + 1,
    supporters: context.support.votes[p]!,
    leftBefore: leftText(context, order),
    leftInBudget: leftText(context, order + 1)
  };
}

function missedAccount(context: Context, p: number): MissedAccount {
  const { accounts, support, election } = context;
  const supporters = accounts.supporters(p);
  const cost = rational(election.projects[p]!.cost);
  const rounds = accounts.run.purchases.length;
  const held = Array.from({ length: rounds + 1 }, (_, round) => accounts.held(supporters, round));
  const stages = held.map((amount, round) => stage(context, p, amount, round));
  const lost = held.findIndex((amount) => compare(amount, cost) < 0);
  return {
    status: 'missed',
    project: idOf(context, p),
    cost: costOf(context, p),
    supporters: support.votes[p]!,
    reason: supporters.length === 0 ? 'nobody' : lost >= 0 ? 'supporters short' : 'no room',
    stages,
    lostInRound: lost > 0 ? lost : null,
    spentOn: spentOn(context, supporters),
    wouldHaveBeenFundedAt: costThatFunds(context, p)
  };
}

function stage(context: Context, p: number, held: Rational, round: number): MissedStage {
  const cost = context.election.projects[p]!.cost;
  const missing = subtract(rational(cost), held);
  return {
    round: round + 1,
    supportersHeld: money(context, held),
    missing: money(context, compare(missing, ZERO) > 0 ? missing : ZERO),
    leftInBudget: leftText(context, round),
    fitsInBudget: cost <= left(context, round)
  };
}

function spentOn(context: Context, supporters: readonly number[]): MissedAccount['spentOn'] {
  const { accounts, support } = context;
  const rows = accounts.run.purchases.map(({ project }, round) => {
    const payers = supporters.filter((g) => strengthOf(support, g, project) > 0n && accounts.brokeIn(g) >= round);
    const before = accounts.held(payers, round);
    return {
      project,
      voters: payers.reduce((sum, g) => sum + support.weight[g]!, 0),
      spent: subtract(before, accounts.held(payers, round + 1))
    };
  });
  const paying = rows.filter((row) => row.spent.num > 0n).sort((a, b) => compare(b.spent, a.spent));
  return paying.map((row) => ({
    project: idOf(context, row.project),
    voters: row.voters,
    money: money(context, row.spent)
  }));
}

/** Every try is one more outcome: at most about 60 of them. */
function costThatFunds(context: Context, p: number): Money | null {
  const { election, choice } = context;
  const isFundedAt = (cost: bigint): boolean => {
    const projects = election.projects.map((project, q) => (q === p ? { ...project, cost } : project));
    const completed = completeMes({ ...election, projects }, choice);
    return completed.added.includes(p) || completed.run.purchases.some((purchase) => purchase.project === p);
  };
  let no = election.projects[p]!.cost;
  let yes = 1n;
  if (no <= 1n || !isFundedAt(yes)) return null;
  while (no - yes > 1n) {
    const middle = (yes + no) / 2n;
    if (isFundedAt(middle)) yes = middle;
    else no = middle;
  }
  return decimalFromScale(yes, election.moneyScale);
}

function payers(context: Context, p: number): PayerGroup[] {
  const { accounts, support, election } = context;
  const round = accounts.roundOf(p);
  if (round < 0) return [];
  return accounts
    .supporters(p)
    .filter((g) => accounts.brokeIn(g) >= round)
    .map((g) => ({
      group: g,
      voters: support.weight[g]!,
      ballot: Array.from(
        election.ballots.project.subarray(election.ballots.start[g]!, election.ballots.start[g + 1]!),
        (q) => idOf(context, q)
      ),
      paid: money(context, accounts.paidByOne(g, round)),
      ranShort: accounts.brokeIn(g) === round
    }));
}

function voterAccount(context: Context, g: number): VoterAccount {
  const { accounts } = context;
  if (g < 0) throw new RangeError('there is no such voter');
  const rounds = accounts.run.purchases.map(({ project }, round) => ({ project, paid: accounts.paidByOne(g, round) }));
  return {
    share: money(context, accounts.run.endowment),
    paid: rounds
      .filter(({ paid }) => paid.num > 0n)
      .map(({ project, paid }) => ({ project: idOf(context, project), money: money(context, paid) })),
    left: money(context, accounts.heldByOne(g, accounts.run.purchases.length))
  };
}

function trace(context: Context): Trace {
  const { election, accounts, completed, choice } = context;
  const chosen = new Set([...accounts.run.purchases.map((purchase) => purchase.project), ...completed.added]);
  const missed = election.projects.map((_, p) => p).filter((p) => !chosen.has(p));
  return {
    rule: choice.rule,
    completion: choice.completion ?? 'none',
    budget: moneyText(election, election.budget),
    voters: election.ballots.groupOf.length,
    share: money(context, accounts.run.endowment),
    rounds: accounts.run.purchases.map((_, round) => boughtAccount(context, round)),
    ending: endingAccount(context),
    added: completed.added.map((_, place) => addedAccount(context, place)),
    missed: missed.map((p) => ({
      project: idOf(context, p),
      cost: costOf(context, p),
      supportersHeld: money(context, accounts.held(accounts.supporters(p), Infinity))
    }))
  };
}

function endingAccount(context: Context): EndingAccount | null {
  const { completed, accounts, election } = context;
  const { steps, stop, nextRun } = completed;
  if (steps === null) return null;
  const next =
    nextRun === null
      ? null
      : {
          share: money(context, nextRun.endowment),
          over: moneyText(election, nextRun.spent - election.budget),
          gained: nextRun.purchases
            .filter(({ project }) => accounts.roundOf(project) < 0)
            .map(({ project }) => idOf(context, project))
        };
  return { steps, reason: stop, next };
}

/** What each voter of a group gave in all, for charts. */
export const spentByOne = (accounts: Accounts, g: number): Rational =>
  subtract(accounts.run.endowment, accounts.heldByOne(g, accounts.run.purchases.length));
