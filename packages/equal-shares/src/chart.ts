import { spentByOne } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { divide, rational, subtract, toDouble, type Rational } from './exact/rational.ts';
import { inCurrency, type Election } from './election.ts';
import { amountText } from './sentences.ts';
import type { Language } from './pabulib/problems.ts';

export interface ChartOptions {
  readonly language: Language;
  readonly currency: string;
  readonly title?: string;
}

/**
 * Who paid for what, as a drawing that says everything twice: a bar for each project bought (the part paid by those who
 * paid the full price, the part of those who gave all they had left), and the same figures as text beside the bars, with
 * a title and a description for those who do not see it. It uses no colour alone to tell things apart.
 */
export function chartSvg(election: Election, explanation: Explanation, options: ChartOptions): string {
  const rows = chartRows(election, explanation);
  const height = TOP + rows.length * ROW + 60;
  const most = rows.reduce((m, row) => Math.max(m, row.cost), 0) || 1;
  const words = WORDS[options.language];
  const title = options.title ?? words.title;
  const left = leftWithVoters(election, explanation, options);
  const lines = rows.map((row, i) => rowSvg(row, TOP + i * ROW, most, options));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="figure" aria-labelledby="t d" lang="${options.language}" font-family="system-ui, sans-serif" font-size="14">`,
    `<title id="t">${escape(title)}</title>`,
    `<desc id="d">${escape(words.description(rows.length, left))}</desc>`,
    PATTERN,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(16, 28, title, 'font-size="18" font-weight="600"'),
    `<g role="table" aria-label="${escape(title)}">`,
    header(options),
    ...lines,
    '</g>',
    text(16, height - 20, words.foot(left)),
    '</svg>',
    ''
  ].join('\n');
}

/** The same figures as an HTML table, to stand beside the drawing. */
export function chartTable(election: Election, explanation: Explanation, options: ChartOptions): string {
  const words = WORDS[options.language];
  const cells = (tag: string, values: readonly string[]): string =>
    `<tr>${values.map((value) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escape(value)}</${tag}>`).join('')}</tr>`;
  const body = chartRows(election, explanation).map((row) => cells('td', [row.name, ...rowTexts(row, options)]));
  return `<table><caption>${escape(options.title ?? words.title)}</caption><thead>${cells('th', words.columns)}</thead><tbody>${body.join('')}</tbody></table>`;
}

interface Row {
  readonly name: string;
  readonly cost: number;
  readonly costText: Rational;
  readonly full: { readonly voters: number; readonly money: Rational };
  readonly short: { readonly voters: number; readonly money: Rational };
  readonly isAdded: boolean;
}

const WIDTH = 960;
const TOP = 76;
const ROW = 40;
const BAR_LEFT = 420;
const BAR_WIDTH = 200;

const PATTERN =
  '<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#dbe7e0"/><line x1="0" y1="0" x2="0" y2="6" stroke="#1c4a36" stroke-width="2"/></pattern></defs>';

function chartRows(election: Election, { accounts, completed }: Explanation): Row[] {
  const { run, support } = accounts;
  const rows = run.purchases.map(({ project, short }, round): Row => {
    const cost = rational(election.projects[project]!.cost);
    const shortMoney = accounts.held(short, round);
    const shortVoters = short.reduce((sum, g) => sum + support.weight[g]!, 0);
    const able = accounts
      .supporters(project)
      .filter((g) => accounts.brokeIn(g) >= round)
      .reduce((sum, g) => sum + support.weight[g]!, 0);
    return makeRow(
      election,
      project,
      { voters: able - shortVoters, money: subtract(cost, shortMoney) },
      { voters: shortVoters, money: shortMoney },
      false
    );
  });
  const none = { voters: 0, money: rational(0n) };
  return [...rows, ...completed.added.map((project) => makeRow(election, project, none, none, true))];
}

function makeRow(election: Election, p: number, full: Row['full'], short: Row['short'], isAdded: boolean): Row {
  const costText = inCurrency(election, rational(election.projects[p]!.cost));
  const inUnits = (part: Row['full']): Row['full'] => ({
    voters: part.voters,
    money: inCurrency(election, part.money)
  });
  return {
    name: election.projects[p]!.name,
    cost: toDouble(costText.num, costText.den),
    costText,
    full: inUnits(full),
    short: inUnits(short),
    isAdded
  };
}

function rowTexts(row: Row, options: ChartOptions): string[] {
  const words = WORDS[options.language];
  const money = (amount: Rational): string => `${amountText(amount, options.language)} ${options.currency}`.trim();
  if (row.isAdded) return [money(row.costText), words.added, '', '', ''];
  const each = row.full.voters === 0 ? '' : money(divide(row.full.money, rational(BigInt(row.full.voters))));
  return [money(row.costText), String(row.full.voters), each, String(row.short.voters), money(row.short.money)];
}

function rowSvg(row: Row, y: number, most: number, options: ChartOptions): string {
  const width = (row.cost / most) * BAR_WIDTH;
  const shortWidth =
    row.isAdded || row.cost === 0 ? 0 : (toDouble(row.short.money.num, row.short.money.den) / row.cost) * width;
  const name = row.name.length > NAME_CHARACTERS ? `${row.name.slice(0, NAME_CHARACTERS - 1)}…` : row.name;
  const columns = rowTexts(row, options);
  const figures = row.isAdded
    ? [text(640, y + 18, columns[0]!, CELL), text(760, y + 18, columns[1]!, CELL)]
    : [
        text(640, y + 12, columns[0]!, CELL),
        text(760, y + 12, `${columns[1]} × ${columns[2]}`, CELL),
        text(760, y + 29, `${columns[3]} · ${columns[4]}`, `${CELL} fill="#3d3d3d"`)
      ];
  return [
    '<g role="row">',
    text(16, y + 18, name, 'role="rowheader"'),
    row.isAdded
      ? `<rect x="${BAR_LEFT}" y="${y + 3}" width="${width.toFixed(1)}" height="20" fill="none" stroke="#1c4a36" stroke-dasharray="4 3"/>`
      : `<rect x="${BAR_LEFT}" y="${y + 3}" width="${(width - shortWidth).toFixed(1)}" height="20" fill="#1c4a36"/><rect x="${(BAR_LEFT + width - shortWidth).toFixed(1)}" y="${y + 3}" width="${shortWidth.toFixed(1)}" height="20" fill="url(#h)" stroke="#1c4a36"/>`,
    ...figures,
    '</g>'
  ].join('');
}

const NAME_CHARACTERS = 46;
const CELL = 'role="cell"';
const HEAD = 'role="columnheader" font-weight="600"';

function header(options: ChartOptions): string {
  const [project, cost, payers] = WORDS[options.language].heads;
  const [full, rest] = payers.split(' · ') as [string, string];
  return `<g role="row">${text(16, 60, project, HEAD)}${text(640, 60, cost, HEAD)}${text(760, 52, full, HEAD)}${text(760, 69, rest, HEAD)}</g>`;
}

/** Voters whose share bought nothing at all, and what was left in all purses. */
function leftWithVoters(
  election: Election,
  { accounts }: Explanation,
  options: ChartOptions
): { nothing: number; money: string } {
  let nothing = 0;
  for (let g = 0; g < election.ballots.groups; g++)
    if (spentByOne(accounts, g).num === 0n) nothing += election.ballots.weight[g]!;
  const held = inCurrency(
    election,
    accounts.held(
      Array.from({ length: election.ballots.groups }, (_, g) => g),
      Infinity
    )
  );
  return { nothing, money: `${amountText(held, options.language)} ${options.currency}`.trim() };
}

const WORDS = {
  en: {
    title: 'Who paid for what',
    heads: ['Project', 'Cost', 'Full price · gave all they had left'],
    columns: ['Project', 'Cost', 'Paid in full (voters)', 'Each', 'Gave all they had (voters)', 'Together'],
    added: 'added at the end, by votes',
    description: (count: number, left: { nothing: number; money: string }) =>
      `${count === 1 ? 'One project' : `${count} projects in the order in which they were bought`}. For each: its cost, how many of its supporters paid the full price and how much each, how many gave all they had left. ${left.nothing} voters' shares bought nothing; ${left.money} was left in all purses.`,
    foot: (left: { nothing: number; money: string }) =>
      `Solid: full price. Hatched: all they had left. Shares that bought nothing: ${left.nothing}. Left in all purses: ${left.money}.`
  },
  fr: {
    title: 'Qui a payé quoi',
    heads: ['Projet', 'Coût', 'Plein prix · ont tout donné'],
    columns: [
      'Projet',
      'Coût',
      'Plein prix (personnes)',
      'Chacune',
      'Ont donné tout leur reste (personnes)',
      'Ensemble'
    ],
    added: 'ajouté à la fin, par les voix',
    description: (count: number, left: { nothing: number; money: string }) =>
      `${count === 1 ? 'Un projet' : `${count} projets dans l’ordre où ils ont été achetés`}. Pour chacun : son coût, combien de personnes ont payé le plein prix et combien chacune, combien ont donné tout ce qui leur restait. Les parts de ${left.nothing} personnes n’ont rien acheté ; ${left.money} restent dans toutes les bourses.`,
    foot: (left: { nothing: number; money: string }) =>
      `Plein : plein prix. Hachuré : tout ce qui restait. Parts qui n’ont rien acheté : ${left.nothing}. Reste dans toutes les bourses : ${left.money}.`
  }
} as const;

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`;

const escape = (value: string): string =>
  value
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
    .replace(/\p{Cc}/gu, ' ');
