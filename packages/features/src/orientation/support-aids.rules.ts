import { readDate } from '@terreau/formats/cells';
import type { SupportFileRow, SupportPreset } from './support-presets.rules.ts';

/*
 * Two national sets of aids, as they are published: each of their objects becomes a sheet, as somebody would type it.
 */

type Entry = Readonly<Record<string, unknown>>;
interface Read {
  readonly preset: SupportPreset;
  readonly rows: readonly SupportFileRow[];
}

const SUMMARY_MAX_CHARACTERS = 5000;

/** The benefits of the simulator of aids for young people (betagouv/aides-jeunes). */
export function readAidesJeunes(entries: readonly Entry[]): Read | null {
  if (!entries.every((entry) => 'slug' in entry && 'institution_name' in entry)) return null;
  return {
    preset: 'aides-jeunes',
    rows: entries.map((entry, index) => ({
      row: index + 1,
      sourceId: textOf(entry['slug']),
      typed: benefit(entry),
      checkedOn: null,
      isFollowed: false
    }))
  };
}

interface GeneralCondition {
  readonly type: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly values?: readonly string[];
}

function benefit(entry: Entry): SupportFileRow['typed'] {
  const title = textOf(entry['label']);
  const general = (listOf(entry['conditions_generales']) as GeneralCondition[]).filter(({ type }) => type);
  const amount = typeof entry['montant'] === 'number' ? entry['montant'] : null;
  const isEuros = amount !== null && entry['unit'] === '€';
  const profiles = listOf(entry['profils']).map((profile) =>
    typeof profile === 'string' ? profile : textOf((profile as Entry)['type'])
  );
  return {
    kind: 'funding',
    title: (title.charAt(0).toLocaleUpperCase('fr') + title.slice(1)).slice(0, 200),
    summary: plainText(textOf(entry['description'])).slice(0, SUMMARY_MAX_CHARACTERS),
    provider: textOf(entry['institution_name']).slice(0, 200),
    publics: publicsOf(profiles),
    localThemes: textOf(entry['label']).match(/bafa/i) ? ['BAFA'] : [],
    themes: themesOf(`${title} ${textOf(entry['description'])}`),
    whoMay: [...general.flatMap(sentenceOf), ...listOf(entry['conditions']).map((each) => plainText(textOf(each)))]
      .join('\n')
      .slice(0, 3000),
    conditions: amount === null ? '' : amountText(amount, entry),
    ceiling: isEuros ? String(amount) : '',
    maxRate: amount !== null && entry['unit'] === '%' ? String(amount) : '',
    recurrence: 'permanent',
    url: textOf(entry['link']),
    sourceUrl: textOf(entry['link']),
    ...scopeOf(general)
  };
}

const PERIODS: Readonly<Record<string, string>> = {
  ponctuelle: 'une fois',
  mensuelle: 'chaque mois',
  annuelle: 'chaque année'
};

function amountText(amount: number, entry: Entry): string {
  const period = PERIODS[textOf(entry['periodicite'])];
  const sum = `${amount.toLocaleString('fr')} ${textOf(entry['unit'])}`;
  return `Montant annoncé par la source : ${sum}${period ? `, ${period}` : ''}.`;
}

const SCOPES = [
  ['communes', 'commune'],
  ['epcis', 'epci'],
  ['departements', 'departement'],
  ['regions', 'region']
] as const;

function scopeOf(general: readonly GeneralCondition[]): { scopeKind: string; scopeCodes: string[] } {
  for (const [type, scopeKind] of SCOPES) {
    const found = general.find((condition) => condition.type === type && (condition.values?.length ?? 0) > 0);
    if (found) return { scopeKind, scopeCodes: found.values!.slice(0, 400).map(String) };
  }
  return { scopeKind: 'national', scopeCodes: [] };
}

function sentenceOf({ type, operator, value }: GeneralCondition): string[] {
  const number = typeof value === 'number' ? value.toLocaleString('fr') : textOf(value);
  switch (type) {
    case 'age':
      return [`Avoir ${COMPARED[operator ?? ''] ?? ''}${number} ans${operator === '<' ? ' (cet âge exclu)' : ''}.`];
    case 'quotient_familial':
      return [`Quotient familial ${operator?.startsWith('<') ? 'd’au plus' : 'd’au moins'} ${number} €.`];
    case 'beneficiaire_rsa':
      return ['Recevoir le RSA.'];
    case 'formation_sanitaire_social':
      return ['Suivre une formation sanitaire ou sociale.'];
    case 'regime_securite_sociale':
      return ['Relever du régime de sécurité sociale que demande la source.'];
    case 'difficultes_acces_ou_frais_logement':
      return ['Avoir des difficultés de logement ou de frais de logement.'];
    default:
      return [];
  }
}

const COMPARED: Readonly<Record<string, string>> = {
  '>=': 'au moins ',
  '>': 'plus de ',
  '<=': 'au plus ',
  '<': 'moins de '
};

const PROFILE_PUBLICS: Readonly<Record<string, string>> = {
  enseignement_superieur: 'etudiants',
  etudiant: 'etudiants',
  chomeur: 'demandeurs-emploi',
  salarie: 'actifs',
  independant: 'actifs',
  beneficiaire_rsa: 'beneficiaires-des-minimas-sociaux',
  parent: 'familles',
  situation_handicap: 'personnes-en-situation-de-handicap'
};

function publicsOf(profiles: readonly string[]): string[] {
  return [...new Set(['jeunes', ...profiles.flatMap((profile) => PROFILE_PUBLICS[profile] ?? [])])];
}

/** A few subjects that the words give away; the others are for a human to choose. */
const THEME_WORDS: readonly (readonly [RegExp, string])[] = [
  [/permis (de conduire|b\b)|code de la route/i, 'mobilite--preparer-un-permis'],
  [/transport|train|bus\b|mobilité|vélo/i, 'mobilite--financer-ma-mobilite'],
  [/logement|loyer|caution|hébergement/i, 'logement-hebergement--louer-un-logement'],
  [/bafa|bafd|formation/i, 'se-former--trouver-sa-formation'],
  [/santé|mutuelle|soins|psycholog|lunettes/i, 'sante--acces-aux-soins'],
  [/sport|culture|musée|cinéma|loisirs/i, 'remobilisation--activites-sportives-et-culturelles'],
  [/ordinateur|numérique|internet/i, 'numerique--acquerir-un-equipement'],
  [/création d.entreprise|entrepreneur/i, 'creer-une-entreprise--definir-son-projet-de-creation-dentreprise'],
  [/étranger|erasmus|international/i, 'souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger']
];

function themesOf(text: string): string[] {
  return THEME_WORDS.filter(([pattern]) => pattern.test(text)).map(([, theme]) => theme);
}

/** The guides of Service-Public for associations. */
export function readServicePublic(entries: readonly Entry[]): Read | null {
  if (!entries.every((entry) => 'id' in entry && 'titre' in entry && 'theme_path' in entry)) return null;
  return {
    preset: 'service-public',
    rows: entries.map((entry, index) => ({
      row: index + 1,
      sourceId: textOf(entry['id']),
      typed: {
        kind: 'information',
        title: textOf(entry['titre']).slice(0, 200),
        summary: excerpt(`${textOf(entry['description'])}\n\n${textOf(entry['texte'])}`),
        provider: 'Service-Public (DILA)',
        localThemes: [...new Set(textOf(entry['sous_theme']).split(', '))]
          .filter(Boolean)
          .map((word) => word.slice(0, 60)),
        legalForms: ['association'],
        scopeKind: 'national',
        fees: 'gratuit',
        url: textOf(entry['url']),
        sourceUrl: textOf(entry['url'])
      },
      checkedOn: readDate(textOf(entry['date']).replace(/^modified /, '')).value,
      isFollowed: false
    }))
  };
}

/** The beginning of a long text, up to the end of a sentence; the source holds the rest. */
function excerpt(text: string): string {
  const whole = text.trim();
  if (whole.length <= SUMMARY_MAX_CHARACTERS) return whole;
  const cut = whole.slice(0, SUMMARY_MAX_CHARACTERS - 2);
  const end = cut.lastIndexOf('. ');
  return `${cut.slice(0, end > 0 ? end + 1 : cut.length)} …`;
}

function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/p>|<\/li>/gi, '\n')
    .replace(/<[^>]{1,500}>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
