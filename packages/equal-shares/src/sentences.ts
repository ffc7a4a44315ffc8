import { decimalText, rational, type Rational } from './exact/rational.ts';
import type {
  AddedAccount,
  BoughtAccount,
  EndingAccount,
  MissedAccount,
  Money,
  ProjectAccount,
  Trace,
  VoterAccount
} from './explanation.ts';
import type { Language } from './pabulib/problems.ts';

/** How amounts and projects are named in sentences. */
export interface Wording {
  readonly language: Language;
  /** After an amount: `€`, `zł`. */
  readonly currency: string;
  readonly nameOf: (id: string) => string;
}

/** What is to be said about one project, in whole sentences. Amounts are rounded to two decimals; the data is exact. */
export function projectSentences(account: ProjectAccount, wording: Wording): string[] {
  if (account.status === 'bought') return boughtSentences(account, wording);
  return account.status === 'added' ? addedSentences(account, wording) : missedSentences(account, wording);
}

export function voterSentences(account: VoterAccount, wording: Wording): string[] {
  const say = speaker(wording);
  const bought = account.paid.map(({ project, money }) =>
    say(`${say.money(money)} for ${say.project(project)}`, `${say.money(money)} pour ${say.project(project)}`)
  );
  return [
    say(
      `This voter's share was ${say.money(account.share)}.`,
      `La part de cette personne était de ${say.money(account.share)}.`
    ),
    bought.length === 0
      ? say('It bought nothing.', 'Elle n’a rien acheté.')
      : say(`It paid ${bought.join(', ')}.`, `Elle a payé ${bought.join(', ')}.`),
    say(`${say.money(account.left)} of it was left.`, `Il en est resté ${say.money(account.left)}.`)
  ];
}

/** One line for a project of a trace that was not bought; `projectSentences` says more. */
export function missedSentence(missed: Trace['missed'][number], wording: Wording): string {
  const say = speaker(wording);
  const [name, cost, held] = [say.project(missed.project), say.money(missed.cost), say.money(missed.supportersHeld)];
  return say(
    `${name} costs ${cost} and was not bought: at the end its supporters held ${held}.`,
    `${name} coûte ${cost} et n’a pas été acheté : à la fin, les personnes qui le soutiennent détenaient ${held}.`
  );
}

/** How the enlarging of the shares ended. */
export function endingSentences({ steps, reason, next }: EndingAccount, wording: Wording): string[] {
  const say = speaker(wording);
  const unit = say.money('1');
  const enlarged = say(
    `To spend more of the budget, ${unit} was added to every share ${steps} times.`,
    `Pour mieux employer le budget, on a ajouté ${unit} à chaque part ${steps} fois.`
  );
  if (next === null) return [enlarged, say(...ENDINGS[reason])];
  const gained =
    next.gained.length === 0 ? '' : say(`, with ${say.list(next.gained)},`, `, avec ${say.list(next.gained)},`);
  return [
    enlarged,
    say(
      `Once more, with ${say.money(next.share)} each, the purchases${gained} would exceed the budget by ${say.money(next.over)} at least: the count ends here.`,
      `Une fois de plus, avec ${say.money(next.share)} chacun, les achats${gained} dépasseraient le budget d’au moins ${say.money(next.over)} : on s’arrête là.`
    )
  ];
}

const ENDINGS: Record<EndingAccount['reason'], readonly [english: string, french: string]> = {
  share: ['The shares were left as they are.', 'Les parts sont restées telles quelles.'],
  'all fits': [
    'All projects fit in the budget together: the shares were left as they are.',
    'Tous les projets tiennent ensemble dans le budget : les parts sont restées telles quelles.'
  ],
  overspend: ['Once more would exceed the budget.', 'Une fois de plus dépasserait le budget.'],
  exhausted: [
    'Nothing more fits in the budget: the count ends here.',
    'Plus rien ne tient dans le budget : on s’arrête là.'
  ],
  satisfied: [
    'Everything that anybody supports is bought: the count ends here.',
    'Tout ce que quelqu’un soutient est acheté : on s’arrête là.'
  ]
};

function boughtSentences(account: BoughtAccount, wording: Wording): string[] {
  const say = speaker(wording);
  const { paidInFull, ranShort, supporters } = account;
  const sentences = [
    say(
      `${say.project(account.project)} (${say.money(account.cost)}) was bought in round ${account.round} by its supporters: ${paidInFull.voters + ranShort.voters} of ${supporters} still had money.`,
      `${say.project(account.project)} (${say.money(account.cost)}) a été acheté au tour ${account.round} par les personnes qui le soutiennent : ${paidInFull.voters + ranShort.voters} sur ${supporters} avaient encore de l’argent.`
    ),
    say(
      `${paidInFull.voters} paid the full price, ${say.money(account.fullPayment)} each per unit of support.`,
      `${paidInFull.voters} ont payé le plein prix, ${say.money(account.fullPayment)} par unité de soutien.`
    )
  ];
  if (ranShort.voters > 0)
    sentences.push(
      say(
        `${ranShort.voters} gave all they had left, ${say.money(ranShort.money)} together.`,
        `${ranShort.voters} ont donné tout ce qui leur restait, ${say.money(ranShort.money)} en tout.`
      )
    );
  if (account.tiedWith.length > 0)
    sentences.push(
      say(
        `It was exactly level with ${say.list(account.tiedWith)}; the tie rule decided.`,
        `Il était exactement à égalité avec ${say.list(account.tiedWith)} ; la règle de départage a tranché.`
      )
    );
  sentences.push(
    say(
      `${say.money(account.leftInBudget)} of the budget was left after it.`,
      `Il restait ensuite ${say.money(account.leftInBudget)} du budget.`
    )
  );
  return sentences;
}

function addedSentences(account: AddedAccount, wording: Wording): string[] {
  const say = speaker(wording);
  return [
    say(
      `${say.project(account.project)} (${say.money(account.cost)}) was not bought by its supporters' shares: it was added at the end, because of its ${account.supporters} votes, from the ${say.money(account.leftBefore)} that was left.`,
      `${say.project(account.project)} (${say.money(account.cost)}) n’a pas été acheté par les parts des personnes qui le soutiennent : il a été ajouté à la fin, pour ses ${account.supporters} voix, avec les ${say.money(account.leftBefore)} restants.`
    )
  ];
}

function missedSentences(account: MissedAccount, wording: Wording): string[] {
  const say = speaker(wording);
  const last = account.stages.at(-1)!;
  if (account.reason === 'nobody')
    return [
      say(`Nobody supported ${say.project(account.project)}.`, `Personne n’a soutenu ${say.project(account.project)}.`)
    ];
  const sentences = [
    say(
      `${say.project(account.project)} costs ${say.money(account.cost)}. At the end its ${account.supporters} supporters held ${say.money(last.supportersHeld)}: ${say.money(last.missing)} was missing.`,
      `${say.project(account.project)} coûte ${say.money(account.cost)}. À la fin, les ${account.supporters} personnes qui le soutiennent détenaient ${say.money(last.supportersHeld)} : il manquait ${say.money(last.missing)}.`
    )
  ];
  const first = account.stages[0]!;
  if (first.missing !== '0')
    sentences.push(
      say(
        `Even before the first purchase they held only ${say.money(first.supportersHeld)}.`,
        `Avant même le premier achat, elles ne détenaient que ${say.money(first.supportersHeld)}.`
      )
    );
  else if (account.lostInRound !== null)
    sentences.push(
      say(
        `Until round ${account.lostInRound} they could have paid for it, but other projects cost their supporters less.`,
        `Jusqu’au tour ${account.lostInRound} elles auraient pu le payer, mais d’autres projets coûtaient moins cher à celles et ceux qui les soutiennent.`
      )
    );
  const [top] = account.spentOn;
  if (top !== undefined)
    sentences.push(
      say(
        `${percent(top.voters, account.supporters)} % of its supporters also paid for ${say.project(top.project)} (${say.money(top.money)}).`,
        `${percent(top.voters, account.supporters)} % de ces personnes ont aussi payé ${say.project(top.project)} (${say.money(top.money)}).`
      )
    );
  if (!last.fitsInBudget)
    sentences.push(
      say(
        `It would not have fitted in what was left of the budget, ${say.money(last.leftInBudget)}.`,
        `Il n’aurait pas tenu dans ce qui restait du budget, ${say.money(last.leftInBudget)}.`
      )
    );
  if (account.wouldHaveBeenFundedAt !== null)
    sentences.push(
      say(
        `All else equal, it would have been funded at a cost of ${say.money(account.wouldHaveBeenFundedAt)}.`,
        `Toutes choses égales, il aurait été financé à un coût de ${say.money(account.wouldHaveBeenFundedAt)}.`
      )
    );
  return sentences;
}

interface Speaker {
  (english: string, french: string): string;
  readonly money: (amount: Money) => string;
  readonly project: (id: string) => string;
  readonly list: (ids: readonly string[]) => string;
}

function speaker(wording: Wording): Speaker {
  const isFrench = wording.language === 'fr';
  const quote = (name: string): string => (isFrench ? `« ${name} »` : `“${name}”`);
  const project = (id: string): string => quote(wording.nameOf(id));
  const say = (english: string, french: string): string => (isFrench ? french : english);
  return Object.assign(say, {
    money: (amount: Money): string => `${amountText(fractionOf(amount), wording.language)} ${wording.currency}`.trim(),
    project,
    list: (ids: readonly string[]): string => ids.map(project).join(', ')
  });
}

/** `1040052/3293`, `12.5` or `40000` as a fraction. */
export function fractionOf(text: string): Rational {
  const [above, below] = text.split('/');
  const [whole, decimals = ''] = above!.split('.');
  const num = rational(BigInt(whole! + decimals), 10n ** BigInt(decimals.length));
  return rational(num.num, num.den * BigInt(below ?? '1'));
}

/** `12 345,67` in French, `12,345.67` in English; whole amounts without decimals. */
export function amountText(amount: Rational, language: Language): string {
  const [whole, decimals] = decimalText(amount, 2).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u202f' : ',');
  return decimals === '00' ? grouped : `${grouped}${language === 'fr' ? ',' : '.'}${decimals}`;
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole));
