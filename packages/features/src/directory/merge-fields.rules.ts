/** Fields of a sheet that somebody chooses between when two sheets become one. Lists of codes are joined by default. */
export const MERGED_FIELDS = [
  'name',
  'acronym',
  'legal_form',
  'siret',
  'rna',
  'description',
  'description_en',
  'plain_description',
  'website',
  'email',
  'phone',
  'themes',
  'local_themes',
  'publics',
  'networks',
  'promise_months'
] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

/** Which sheet gives the field; `both` joins lists. */
export type MergeChoice = 'kept' | 'absorbed' | 'both';

export const MERGED_LISTS: ReadonlySet<MergedField> = new Set(['themes', 'local_themes', 'publics', 'networks']);
const LIST_MAX_COUNT = 30;

type Values = Readonly<Record<string, unknown>>;

/** What is proposed: what the kept sheet says, completed by the other; lists joined. */
export function proposedChoice(field: MergedField, kept: Values, absorbed: Values): MergeChoice {
  if (saysNothing(field, absorbed[field]) || sameValue(kept[field], absorbed[field])) return 'kept';
  if (saysNothing(field, kept[field])) return 'absorbed';
  return MERGED_LISTS.has(field) ? 'both' : 'kept';
}

/** The fields of the kept sheet that change, with their new values. */
export function mergedValues(
  kept: Values,
  absorbed: Values,
  choices: Readonly<Partial<Record<MergedField, MergeChoice>>>
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of MERGED_FIELDS) {
    const choice = choices[field] ?? proposedChoice(field, kept, absorbed);
    if (choice === 'kept') continue;
    const value = choice === 'both' && MERGED_LISTS.has(field) ? joined(kept[field], absorbed[field]) : absorbed[field];
    // An empty name is no name: the kept one stays.
    if (field === 'name' && isEmpty(value)) continue;
    if (!sameValue(value, kept[field])) values[field] = value;
  }
  return values;
}

export function sameValue(a: unknown, b: unknown): boolean {
  return (isEmpty(a) && isEmpty(b)) || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Empty, or the form that files which say none are given. */
function saysNothing(field: MergedField, value: unknown): boolean {
  return isEmpty(value) || (field === 'legal_form' && value === 'other');
}

function joined(a: unknown, b: unknown): string[] {
  return [...new Set([...(a as string[]), ...(b as string[])])].slice(0, LIST_MAX_COUNT);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as string[])].sort() : value;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
