import type { SupportField, SupportFields } from './support.schema.ts';

/** What a template shares: what is true elsewhere too. Places, telephones and capacities are each territory's own. */
export const TEMPLATE_FIELDS = [
  'title',
  'summary',
  'plainSummary',
  'provider',
  'themes',
  'publics',
  'legalForms',
  'minAgeMonths',
  'maxAgeMonths',
  'minEmployees',
  'maxEmployees',
  'whoMay',
  'whoMayNot',
  'minRateBasisPoints',
  'maxRateBasisPoints',
  'ceilingCents',
  'recurrence',
  'opensOn',
  'closesOn',
  'conditions',
  'fees',
  'cost',
  'url',
  'sourceUrl'
] as const satisfies readonly SupportField[];
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

/** The values of a version; the kind is fixed when it is first shared. */
export type TemplateValues = Pick<SupportFields, TemplateField | 'kind'>;

export function templateValues(fields: SupportFields): TemplateValues {
  const entries = TEMPLATE_FIELDS.map((field) => [field, fields[field]]);
  return { ...(Object.fromEntries(entries) as Pick<SupportFields, TemplateField>), kind: fields.kind };
}

/** For each field, the version that was last taken or looked at, and why it was not taken. */
export type Settled = Readonly<
  Partial<Record<TemplateField, { readonly number: number; readonly note: string | null }>>
>;

/**
 * One field that is not as the template's newest version has it. `ours-differs`: changed here, the template has not moved;
 * `newer`: the template moved, here it stands as before; `both`: changed here and there.
 */
export interface FieldDrift {
  readonly field: TemplateField;
  readonly state: 'ours-differs' | 'newer' | 'both';
  readonly ours: unknown;
  readonly adopted: unknown;
  readonly newest: unknown;
  /** Why the newest value was left, when somebody has said so of this very version. */
  readonly note: string | null;
  /** Somebody has already decided about the newest value. */
  readonly isSettled: boolean;
}

/** How `ours` has moved away from the version it comes from, and from the newest one, field by field. */
export function driftOf(
  ours: SupportFields,
  versions: { readonly number: number; readonly fields: TemplateValues }[],
  adoptedNumber: number,
  settled: Settled
): FieldDrift[] {
  const newest = versions.reduce((best, version) => (version.number > best.number ? version : best));
  return TEMPLATE_FIELDS.flatMap((field) => {
    const since = settled[field];
    const from = versions.find(({ number }) => number === (since?.number ?? adoptedNumber)) ?? newest;
    const adopted = versions.find(({ number }) => number === adoptedNumber) ?? from;
    const values = { ours: ours[field], adopted: adopted.fields[field], newest: newest.fields[field] };
    if (same(values.ours, values.newest)) return [];
    const hasMoved = !same(values.newest, from.fields[field]);
    const state = !hasMoved ? 'ours-differs' : same(values.ours, values.adopted) ? 'newer' : 'both';
    const isSettled = !hasMoved && since?.number === newest.number;
    return [{ field, state, ...values, note: isSettled ? (since?.note ?? null) : null, isSettled } as const];
  });
}

/** Lists are compared without their order; an empty text and none are the same. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...(value as unknown[])].map(String).sort());
  return value === null || value === undefined || value === '' ? '' : JSON.stringify(value);
}
