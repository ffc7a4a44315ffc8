import type { Cents } from '@terreau/kernel/money';
import type { Account, Pair } from './accounts.rules.ts';
import { valueOf } from './budget.rules.ts';

/** How many lines are read from one text; the form that corrects them holds no more. */
export const PLACED_MAX_COUNT = 12;

/** One line as it was understood, for a human to correct: an account that is not sure is not guessed. */
export interface Placed {
  readonly label: string;
  readonly choice: Account | Pair | null;
  readonly cents: Cents | null;
  readonly quantityHundredths: number | null;
  readonly unitCents: Cents | null;
}

/**
 * Reads plain words as lines of a budget: « outils 400 €, assurance 180 €, local prêté » → 60, 61 and 861 beside 871.
 * Only rules: the same words always give the same lines, and nothing leaves the platform.
 */
export function placeWords(text: string): Placed[] {
  const lines: Placed[] = [];
  for (const piece of piecesOf(text)) {
    const read = readPiece(piece);
    const last = lines.at(-1);
    // « outils, 400 € »: an amount by itself is that of the words before it.
    if (read.label === '' && last && last.cents === null && read.cents !== null) {
      lines[lines.length - 1] = { ...last, ...read, label: last.label, choice: last.choice };
    } else if (read.label !== '' || read.cents !== null) {
      lines.push({ ...read, label: read.label || piece.trim() });
    }
  }
  return lines.slice(0, PLACED_MAX_COUNT);
}

const NUMBER = String.raw`\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?`;
const EURO = String.raw`(?:€|euros?\b|eur\b)`;

/** Lines, semicolons, commas that are no decimal comma, and « et » or « + » after an amount. */
function piecesOf(text: string): string[] {
  return text
    .split(/\n|;|,(?!\d{1,2}(?!\d))|(?<!\d),/)
    .flatMap((piece) => piece.split(new RegExp(`(?<=\\d\\s*${EURO}?)\\s+(?:et|puis|plus|\\+)\\s+(?=\\D)`, 'i')))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

function readPiece(piece: string): Placed {
  const amount = amountIn(piece);
  const choice = choiceOf(foldedOf(piece));
  const isInKind = choice?.startsWith('8') ?? false;
  return {
    label: labelOf(piece, amount),
    choice,
    cents: amount.cents,
    quantityHundredths: isInKind ? amount.quantityHundredths : null,
    unitCents: isInKind ? amount.unitCents : null
  };
}

interface ReadAmount {
  readonly cents: Cents | null;
  readonly quantityHundredths: number | null;
  readonly unitCents: Cents | null;
  /** The part of the piece that says the amount, and what was counted in it: « h de bénévolat ». */
  readonly taken: string;
  readonly counted: string;
}

const NO_AMOUNT: ReadAmount = { cents: null, quantityHundredths: null, unitCents: null, taken: '', counted: '' };
const TIMES = new RegExp(
  String.raw`(${NUMBER})\s*([^\d€]{0,30}?)\s*(?:(?<![a-zà-ÿ])[xà]|×|\*)\s*(${NUMBER})\s*${EURO}?`,
  'iu'
);
const THOUSANDS = new RegExp(String.raw`(${NUMBER})\s*k\s*€?(?![a-z])`, 'iu');
const MARKED = new RegExp(String.raw`(${NUMBER})\s*${EURO}`, 'iu');
const HOURS = new RegExp(String.raw`(${NUMBER})\s*(h|heures?)\b`, 'iu');
const LAST = new RegExp(String.raw`(${NUMBER})\s*$`, 'u');

function amountIn(piece: string): ReadAmount {
  const times = TIMES.exec(piece);
  if (times) {
    const quantityHundredths = hundredthsOf(times[1]!);
    const unitCents = hundredthsOf(times[3]!);
    const cents = valueOf(quantityHundredths, unitCents);
    return { cents, quantityHundredths, unitCents, taken: times[0], counted: times[2]! };
  }
  const thousands = THOUSANDS.exec(piece);
  if (thousands) return { ...NO_AMOUNT, cents: hundredthsOf(thousands[1]!) * 1000, taken: thousands[0] };
  const marked = MARKED.exec(piece);
  if (marked) return { ...NO_AMOUNT, cents: hundredthsOf(marked[1]!), taken: marked[0] };
  // Hours without a value are no amount yet.
  const hours = HOURS.exec(piece);
  if (hours) return { ...NO_AMOUNT, quantityHundredths: hundredthsOf(hours[1]!), taken: hours[0], counted: hours[2]! };
  const last = LAST.exec(piece);
  return last ? { ...NO_AMOUNT, cents: hundredthsOf(last[1]!), taken: last[0] } : NO_AMOUNT;
}

function hundredthsOf(number: string): number {
  const plain = /^\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)/.test(number)
    ? number.replace(/[ .\u00a0\u202f]/g, '')
    : number;
  const [whole, decimals = ''] = plain.replace(',', '.').split('.');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** The words without the amount; those that were counted when there are no others. */
function labelOf(piece: string, { taken, counted }: ReadAmount): string {
  const cleaned = (text: string) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/^(?:[\s:=–—-]|(?:h|heures?|de|d[’'])(?=\s|$|(?<=[’'])))+/iu, '')
      .replace(/[\s:=–—-]+(?:à|pour|de)?[\s:=–—-]*$/u, '')
      .trim();
  return cleaned(piece.replace(taken, ' ')) || cleaned(counted);
}

function foldedOf(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'");
}

/* In the order in which they are tried: what says more comes first. */
const IN_KIND: readonly (readonly [Pair, RegExp])[] = [
  ['864+875', /\b\d[\d ,.]*\s*(?:h|heures?)\b.*\bbenevol|\bbenevolat\b/],
  [
    '862+871',
    /\b(?:comptable|graphiste|avocat|juriste|formateur|formatrice|architecte|photographe|artisan|conseil|prestation|transport)\w*\b.*\b(?:offert|gratuit|benevole|gracieu)|\bmecenat de competences\b/
  ],
  [
    '861+871',
    /\b(?:pret(?:e|ee|es|ees)|mise? a disposition|mis a disposition|a titre gracieux)\b|\b(?:local|salle|terrain|bureau|materiel|camion)\w*\b.*\bgratuit/
  ],
  ['860+870', /\b(?:donne(?:e|s|es)?|dons? en nature)\b|\boffert/],
  ['864+875', /\bbenevoles?\b/]
];

const MONEY: readonly (readonly [Account, RegExp])[] = [
  ['63', /\b(?:taxe|impot)/],
  [
    '64',
    /\b(?:salair|salarie|cotisations? sociale|charges? sociale|charges? patronale|urssaf|paie\b|remuneration|cachet|gratification|prime|guso|service civique|mutuelle)/
  ],
  ['79', /\b(?:remboursement|uniformation|transfert de charges)/],
  ['78', /\breprise/],
  ['66', /\b(?:agios?|interets? d'emprunt|interets? du pret|frais financier|frais de dossier)/],
  ['76', /\b(?:interets?|livret|placement)\b/],
  ['67', /\b(?:amende|penalite|exceptionnel)/],
  ['68', /\b(?:amortissement|dotation|provision)/],
  ['65', /\b(?:sacem|sacd|droits? d'auteur|bourse|redevance)/],
  ['62', /\b(?:adhesion|cotisation) a (?:la|l'|une|un) /],
  [
    '74',
    /\b(?:subvention|fdva|fonjep|caf\b|msa\b|fse\b|feder\b|leader\b|fondation|etat\b|prefecture|region\b|departement|departemental|conseil regional|metropole|agglo|communaute de communes|contrat de ville|politique de la ville|cite educative|ville de|mairie de|de la (?:ville|mairie)|europe|adulte relais|bailleur)/
  ],
  ['75', /\b(?:cotisation|adhesion|dons?\b|mecenat|parrainage|cagnotte|crowdfunding|financement participatif)/],
  [
    '70',
    /\b(?:ventes?\b|buvette|billetterie|entrees?\b|participation|recette|tombola|loto\b|vide-grenier|brocante|kermesse|prestations? vendue)/
  ],
  [
    '61',
    /\b(?:locations?|loyer|assurance|responsabilite civile|entretien|reparation|maintenance|nettoyage|documentation|abonnement a|sous-traitance|charges locatives|logiciel)/
  ],
  [
    '62',
    /\b(?:intervenant|prof\b|professeur|formateur|formatrice|formation|comptable|honoraire|graphiste|affiche|flyer|tract|impression|imprim|photocopie|publicite|communication|site internet|site web|deplacement|kilometre|train|bus\b|car\b|peage|hebergement|hotel|mission|reception|traiteur|restaurant|telephone|internet|wifi|timbre|affranchissement|poste\b|courrier|banque|bancaire|transport)/
  ],
  [
    '60',
    /\b(?:outil|fourniture|materiel|equipement|machine|ordinateur|papier|encre|peinture|bois\b|vis\b|clou|graine|plant|terreau|nourriture|alimentation|alimentaire|ingredient|course|gouter|boisson|repas|farine|sucre|tissu|laine|costume|livre|jeu\b|jeux|ballon|eau\b|electricite|gaz\b|energie|carburant|essence|produit|achat|vaisselle)/
  ]
];

/** Where these words stand; null when no rule knows them, or nothing but a choice of the person could tell. */
function choiceOf(folded: string): Account | Pair | null {
  for (const [pair, words] of IN_KIND) if (words.test(folded)) return pair;
  for (const [account, words] of MONEY) if (words.test(folded)) return account;
  return null;
}
