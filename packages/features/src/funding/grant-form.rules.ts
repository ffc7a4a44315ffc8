/*
 * The single grant form (Cerfa 12156), field by field in its order: what was already said of the project fills it. It is
 * a frame to copy from: the platform sends it to nobody.
 */

/** What fills a field as long as nobody wrote in it: facts of the journey, the sheet of the organisation, the budget. */
type Source = { readonly facts: readonly string[] } | { readonly sheet: SheetField } | { readonly budget: 'period' };

export type SheetField =
  'name' | 'acronym' | 'rna' | 'siret' | 'website' | 'email' | 'phone' | 'address' | 'networks' | 'dossier';

export interface GrantField {
  /** Kept as the fact `grant.<key>`. */
  readonly key: string;
  /** As many characters as are usually accepted. */
  readonly max: number;
  readonly source?: Source;
}

export interface GrantSection {
  readonly key: string;
  readonly fields: readonly GrantField[];
}

const SHORT = 120;
const LINE = 300;
const TEXT = 2000;

const facts = (...keys: string[]): { source: Source } => ({ source: { facts: keys } });
const sheet = (field: SheetField): { source: Source } => ({ source: { sheet: field } });

export const GRANT_SECTIONS = [
  {
    key: 'request',
    fields: [
      { key: 'recurrence', max: SHORT },
      { key: 'object', max: SHORT },
      { key: 'period', max: SHORT }
    ]
  },
  {
    key: 'identity',
    fields: [
      { key: 'name', max: LINE, ...sheet('name') },
      { key: 'acronym', max: SHORT, ...sheet('acronym') },
      { key: 'rna', max: SHORT, ...sheet('rna') },
      { key: 'siret', max: SHORT, ...sheet('siret') },
      { key: 'address', max: LINE, ...sheet('address') },
      { key: 'website', max: LINE, ...sheet('website') },
      { key: 'email', max: LINE, ...sheet('email') },
      { key: 'phone', max: SHORT, ...sheet('phone') },
      { key: 'representative', max: LINE },
      { key: 'contact', max: LINE }
    ]
  },
  {
    key: 'relations',
    fields: [
      { key: 'approvals', max: LINE },
      { key: 'federations', max: LINE, ...sheet('networks') }
    ]
  },
  {
    key: 'people',
    fields: [
      { key: 'volunteers', max: SHORT },
      { key: 'employees', max: SHORT },
      { key: 'full-time', max: SHORT },
      { key: 'members', max: SHORT }
    ]
  },
  {
    key: 'project',
    fields: [
      { key: 'title', max: LINE, ...sheet('dossier') },
      { key: 'objectives', max: TEXT, ...facts('project.aim', 'need.statement') },
      { key: 'description', max: TEXT, ...facts('project.first-actions', 'idea.sentence') },
      { key: 'beneficiaries', max: TEXT, ...facts('idea.for-whom', 'need.how-many') },
      { key: 'territory', max: LINE, ...facts('idea.where') },
      { key: 'means', max: TEXT, ...facts('project.team', 'carrier.brings') },
      { key: 'dates', max: LINE, source: { budget: 'period' } },
      { key: 'evaluation', max: TEXT, ...facts('project.change', 'launch.indicators') }
    ]
  }
] as const satisfies readonly GrantSection[];

export type GrantSectionKey = (typeof GRANT_SECTIONS)[number]['key'];
export type GrantKey = (typeof GRANT_SECTIONS)[number]['fields'][number]['key'];

export const GRANT_FIELDS: readonly (GrantField & { readonly key: GrantKey })[] = GRANT_SECTIONS.flatMap((section) => [
  ...section.fields
]);

/** The facts that the form reads: those of the journey, and its own. */
export function grantFactKeys(): string[] {
  const ofJourney = GRANT_FIELDS.flatMap(({ source }) => (source && 'facts' in source ? source.facts : []));
  return [...ofJourney, ...GRANT_FIELDS.map(({ key }) => factOf(key))];
}

export function factOf(key: GrantKey): string {
  return `grant.${key}`;
}

export interface FilledField {
  readonly key: GrantKey;
  readonly max: number;
  readonly value: string;
  /** `said`: written for this form; `taken`: from what was said elsewhere; `empty`: to be written. */
  readonly from: 'said' | 'taken' | 'empty';
}

/** The form with what is known. `said` holds facts by key; `known` what the sheet and the budget say. */
export function fillGrantForm(
  said: ReadonlyMap<string, string | null>,
  known: Readonly<Partial<Record<SheetField | 'period', string | null>>>
): { readonly key: GrantSectionKey; readonly fields: readonly FilledField[] }[] {
  return GRANT_SECTIONS.map((section) => ({
    key: section.key,
    fields: section.fields.map((field: GrantField & { key: GrantKey }): FilledField => {
      const own = said.get(factOf(field.key));
      if (own) return { key: field.key, max: field.max, value: own, from: 'said' };
      const value = takenFrom(field.source, said, known);
      return { key: field.key, max: field.max, value, from: value === '' ? 'empty' : 'taken' };
    })
  }));
}

function takenFrom(
  source: Source | undefined,
  said: ReadonlyMap<string, string | null>,
  known: Readonly<Partial<Record<SheetField | 'period', string | null>>>
): string {
  if (!source) return '';
  if ('budget' in source) return known.period ?? '';
  if ('sheet' in source) return known[source.sheet] ?? '';
  return source.facts.flatMap((key) => said.get(key) ?? []).join('\n');
}
