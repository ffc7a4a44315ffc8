/**
 * Certificates: checks an outcome without trusting how it was made. This file shares no code with the rules: it has its
 * own fractions, its own reading of the ballots, and recounts from the claims alone.
 */
export interface Claim {
  readonly selected: readonly string[];
  /** For Equal Shares: the order of purchase and the share each voter held, `13402/21` in units of currency. */
  readonly order?: readonly string[];
  readonly endowment?: string;
  /** No greedy step followed: then every project is paid for by its own supporters. */
  readonly isBoughtWhole?: boolean;
}

export interface CertifiedElection {
  readonly voteType: string;
  readonly projects: readonly { readonly id: string; readonly cost: bigint }[];
  readonly budget: bigint;
  readonly moneyScale: number;
  readonly ballots: {
    readonly groups: number;
    readonly weight: ArrayLike<number>;
    readonly start: ArrayLike<number>;
    readonly project: ArrayLike<number>;
    readonly points: ArrayLike<number> | null;
    readonly groupOf: ArrayLike<number>;
  };
}

export type Finding = 'holds' | 'fails' | 'not checked';

export interface Check {
  readonly name: 'known projects' | 'within budget' | 'exhaustive' | 'priceable' | 'EJR up to one project';
  readonly finding: Finding;
  /** What was looked at, what was found, or why it was not checked. */
  readonly because: string;
}

export interface Certificate {
  /** True when nothing that must hold fails: known projects, within budget, and the prices where an order was claimed. */
  readonly isValid: boolean;
  readonly checks: readonly Check[];
}

export type CertifiedUtility = 'cost' | 'card';

export function certify(election: CertifiedElection, claim: Claim, utility: CertifiedUtility): Certificate {
  const chosen = claim.selected.map((id) => election.projects.findIndex((project) => project.id === id));
  const unknown = claim.selected.filter((_, i) => chosen[i]! < 0);
  const repeated = new Set(chosen).size < chosen.length;
  if (unknown.length > 0 || repeated) {
    return {
      isValid: false,
      checks: [
        check(
          'known projects',
          false,
          unknown.length > 0 ? `unknown: ${unknown.join(', ')}` : 'a project is selected twice'
        )
      ]
    };
  }
  const checks = [
    check('known projects', true, `${chosen.length} of ${election.projects.length} projects are selected`),
    withinBudget(election, chosen),
    exhaustive(election, chosen),
    priceable(election, chosen, claim),
    justifiedUpToOne(election, chosen, utility)
  ];
  const mustHold: readonly Check['name'][] = ['known projects', 'within budget', 'priceable'];
  return { isValid: checks.every((c) => c.finding !== 'fails' || !mustHold.includes(c.name)), checks };
}

const check = (name: Check['name'], holds: boolean, because: string): Check => ({
  name,
  finding: holds ? 'holds' : 'fails',
  because
});
const unchecked = (name: Check['name'], because: string): Check => ({ name, finding: 'not checked', because });

const costOf = (election: CertifiedElection, chosen: readonly number[]): bigint =>
  chosen.reduce((sum, p) => sum + election.projects[p]!.cost, 0n);

function withinBudget(election: CertifiedElection, chosen: readonly number[]): Check {
  const cost = costOf(election, chosen);
  return check(
    'within budget',
    cost <= election.budget,
    `the projects cost ${units(election, cost)} of ${units(election, election.budget)}`
  );
}

function exhaustive(election: CertifiedElection, chosen: readonly number[]): Check {
  const left = election.budget - costOf(election, chosen);
  const fits = election.projects.filter((project, p) => !chosen.includes(p) && project.cost <= left);
  return check(
    'exhaustive',
    fits.length === 0,
    fits.length === 0
      ? `nothing more fits in the ${units(election, left)} left`
      : `${fits.length} more would fit in the ${units(election, left)} left, such as ${fits[0]!.id}`
  );
}

/**
 * Prices: every voter starts with the claimed endowment; the projects are paid for in the claimed order, each by its
 * supporters alone, equally or with all they hold; nobody pays more than they hold, every project is paid in full, and
 * at the end no project not selected could be paid for by its supporters. Projects after the last that can be paid for
 * so must have been added by a greedy step, and are told apart.
 */
function priceable(election: CertifiedElection, chosen: readonly number[], claim: Claim): Check {
  const order = claim.order?.map((id) => election.projects.findIndex((project) => project.id === id));
  if (claim.endowment === undefined || order === undefined)
    return unchecked('priceable', 'no order of purchase and no endowment are claimed');
  if (election.ballots.points !== null || election.voteType === 'ordinal')
    return unchecked('priceable', 'payments in proportion to points or places are not recounted here');
  if (new Set(order).size !== order.length || order.length !== chosen.length || order.some((p) => !chosen.includes(p)))
    return check('priceable', false, 'the order does not name the selected projects, each once');
  if (isBelowShare(election, claim.endowment))
    return check('priceable', false, `${claim.endowment} for each voter is less than an equal share of the budget`);
  const purses = openPurses(election, claim.endowment);
  const paid = order.findIndex((p) => election.projects[p]!.cost > 0n && !purses.pay(p));
  const added = paid < 0 ? [] : order.slice(paid);
  const addedIds = added.map((p) => election.projects[p]!.id).join(', ');
  if (claim.isBoughtWhole && added.length > 0)
    return check('priceable', false, `the supporters do not hold enough to pay for ${addedIds}`);
  const couldPay = election.projects.findIndex(
    (project, p) => project.cost > 0n && !order.slice(0, paid < 0 ? order.length : paid).includes(p) && purses.canPay(p)
  );
  if (couldPay >= 0)
    return check('priceable', false, `the supporters of ${election.projects[couldPay]!.id} still hold its cost`);
  const tail =
    added.length === 0 ? '' : `; ${added.length} at the end were not paid for by their supporters: ${addedIds}`;
  return check(
    'priceable',
    true,
    `${order.length - added.length} projects are paid for in full by their own supporters${tail}`
  );
}

/** Every completion starts from an equal share of the budget, or from its whole units, and only adds to it. */
function isBelowShare(election: CertifiedElection, endowment: string): boolean {
  const voters = election.ballots.groupOf.length;
  if (voters === 0) return false;
  const [above, below = '1'] = endowment.split('/');
  const share = election.budget / (10n ** BigInt(election.moneyScale) * BigInt(voters));
  return BigInt(above!) < share * BigInt(below);
}

interface Purses {
  /** Takes the payments; false (and nothing taken) when the supporters hold too little. */
  readonly pay: (p: number) => boolean;
  readonly canPay: (p: number) => boolean;
}

/** Purses as whole numbers over one denominator that grows when a price asks for it. */
function openPurses(election: CertifiedElection, endowment: string): Purses {
  const { ballots } = election;
  const [above, below = '1'] = endowment.split('/');
  let denominator = BigInt(below);
  const scale = 10n ** BigInt(election.moneyScale);
  const purse = Array.from({ length: ballots.groups }, () => BigInt(above!) * scale);
  const backers = backersOf(election);

  const canPay = (p: number): boolean =>
    backers[p]!.reduce((sum, g) => sum + purse[g]! * BigInt(ballots.weight[g]!), 0n) >=
    election.projects[p]!.cost * denominator;

  function pay(p: number): boolean {
    if (backers[p]!.length === 0 || !canPay(p)) return false;
    const poorFirst = [...backers[p]!].sort((a, b) => (purse[a]! < purse[b]! ? -1 : purse[a]! > purse[b]! ? 1 : 0));
    let missing = election.projects[p]!.cost * denominator;
    let payers = poorFirst.reduce((sum, g) => sum + BigInt(ballots.weight[g]!), 0n);
    let i = 0;
    for (; purse[poorFirst[i]!]! * payers < missing; i++) {
      const g = poorFirst[i]!;
      missing -= purse[g]! * BigInt(ballots.weight[g]!);
      payers -= BigInt(ballots.weight[g]!);
      purse[g] = 0n;
    }
    widen(payers / gcd(missing, payers));
    const each = (missing * (payers / gcd(missing, payers))) / payers;
    for (; i < poorFirst.length; i++) purse[poorFirst[i]!]! -= each;
    return true;
  }

  function widen(factor: bigint): void {
    if (factor === 1n) return;
    denominator *= factor;
    for (let g = 0; g < purse.length; g++) purse[g]! *= factor;
  }

  return { pay, canPay };
}

function backersOf(election: CertifiedElection): number[][] {
  const backers: number[][] = election.projects.map(() => []);
  for (let g = 0; g < election.ballots.groups; g++) {
    for (let i = election.ballots.start[g]!; i < election.ballots.start[g + 1]!; i++)
      backers[election.ballots.project[i]!]!.push(g);
  }
  return backers;
}

/**
 * Extended justified representation up to one project, in its strong form (EJR+), which can be checked by sorting: for
 * each project p not selected, no k of its supporters may all be so poorly served that their part of the budget, k·B/n,
 * would pay for what they have and p besides. With cost as utility: somebody among any k of them has
 * cost(selected projects they named) + cost(p) > k·B/n, which implies EJR up to one project for every group. With one
 * per project: somebody has (number of selected projects they named) + 1 > k·B/(n·cost(p)), which implies it for groups
 * united around projects of equal cost; other groups are not looked at.
 */
function justifiedUpToOne(election: CertifiedElection, chosen: readonly number[], utility: CertifiedUtility): Check {
  const name = 'EJR up to one project';
  if (election.ballots.points !== null || election.voteType === 'ordinal')
    return unchecked(name, 'only approval ballots are looked at');
  const isChosen = new Set(chosen);
  const backers = backersOf(election);
  const served = Array.from({ length: election.ballots.groups }, (_, g) =>
    satisfaction(election, g, isChosen, utility)
  );
  for (let p = 0; p < election.projects.length; p++) {
    if (isChosen.has(p) || election.projects[p]!.cost === 0n) continue;
    const owed = largestOwed(election, backers[p]!, served, election.projects[p]!.cost, utility);
    if (owed > 0n)
      return check(
        name,
        false,
        `${owed} supporters of ${election.projects[p]!.id} are owed more: their part of the budget would pay for it beside what they have`
      );
  }
  const reach =
    utility === 'cost'
      ? 'for every group'
      : 'for groups united around projects of equal cost; other groups were not looked at';
  return check(name, true, `no supporters of a project not selected are owed it (EJR+ up to one project), ${reach}`);
}

/** How many of the supporters, the worst served first, are owed the project; 0 when none are. */
function largestOwed(
  election: CertifiedElection,
  backers: readonly number[],
  served: readonly bigint[],
  cost: bigint,
  utility: CertifiedUtility
): bigint {
  const worstFirst = [...backers].sort((a, b) => (served[a]! < served[b]! ? -1 : served[a]! > served[b]! ? 1 : 0));
  const voters = BigInt(election.ballots.groupOf.length);
  let count = 0n;
  let owed = 0n;
  for (const g of worstFirst) {
    count += BigInt(election.ballots.weight[g]!);
    const reached = utility === 'cost' ? served[g]! + cost : (served[g]! + 1n) * cost;
    if (reached * voters <= count * election.budget) owed = count;
  }
  return owed;
}

const gain = (cost: bigint, utility: CertifiedUtility): bigint => (utility === 'cost' ? cost : 1n);

function satisfaction(
  election: CertifiedElection,
  g: number,
  isChosen: ReadonlySet<number>,
  utility: CertifiedUtility
): bigint {
  let sum = 0n;
  for (let i = election.ballots.start[g]!; i < election.ballots.start[g + 1]!; i++) {
    const p = election.ballots.project[i]!;
    if (isChosen.has(p)) sum += gain(election.projects[p]!.cost, utility);
  }
  return sum;
}

function units(election: CertifiedElection, amount: bigint): string {
  const digits = amount.toString().padStart(election.moneyScale + 1, '0');
  return election.moneyScale === 0
    ? digits
    : `${digits.slice(0, -election.moneyScale)}.${digits.slice(-election.moneyScale)}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
