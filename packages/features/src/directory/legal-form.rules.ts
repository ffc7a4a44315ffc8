import { plainForm } from '@terreau/formats/cells';

export const LEGAL_FORMS = [
  'association',
  'informal-group',
  'company',
  'cooperative',
  'public-body',
  'foundation',
  'mutual',
  'other'
] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

/** As exported files say it; {@link legalFormOf} reads each back. */
export const LEGAL_FORM_WORDS: Readonly<Record<LegalForm, string>> = {
  association: 'Association',
  'informal-group': 'Groupe informel',
  company: 'Entreprise',
  cooperative: 'Coopérative',
  'public-body': 'Organisme public',
  foundation: 'Fondation',
  mutual: 'Mutuelle',
  other: 'Autre'
};

/** Our eight legal forms, from words in French or in our own codes, or from an INSEE category of four digits. */
export function legalFormOf(words: string): LegalForm {
  const plain = plainForm(words);
  const exact = LEGAL_FORMS.find((form) => plainForm(form) === plain);
  if (exact) return exact;
  const patterns = /^\d{4}$/.test(plain) ? INSEE_CATEGORIES : FORMS_IN_WORDS;
  return patterns.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
}

const INSEE_CATEGORIES: readonly (readonly [RegExp, LegalForm])[] = [
  [/^93/, 'foundation'],
  [/^9[12]/, 'association'],
  [/^8[234]/, 'mutual'],
  [/^[47]/, 'public-body'],
  [/^51|^5[345]58|^5[56]6|^6317/, 'cooperative'],
  [/^[1256]/, 'company']
];

const FORMS_IN_WORDS: readonly (readonly [RegExp, LegalForm])[] = [
  [/informel|association de fait/, 'informal-group'],
  [/fondation|fonds de dotation/, 'foundation'],
  [/mutuelle|mutualit/, 'mutual'],
  [/\b(?:scop|scic|cuma|cooperative|cooperatif|cae)\b/, 'cooperative'],
  [
    /public|commune|departement|region|collectivite|mairie|ville|ccas|cias|etat|prefecture|epci|syndicat mixte/,
    'public-body'
  ],
  [/\bass?o|associati/, 'association'],
  [/\b(?:sarl|sas|sasu|sa|eurl|snc|ei)\b|societe|entreprise|commerce|entrepreneur/, 'company']
];
