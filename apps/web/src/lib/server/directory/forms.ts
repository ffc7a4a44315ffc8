/** Fields that hold several codes. */
const LISTS: ReadonlySet<string> = new Set([
  'themes',
  'publics',
  'networks',
  'receptionModes',
  'mobilizationModes',
  'mobilizedBy',
  'placeIds',
  'members',
  'legalForms',
  'measures',
  'smsTo'
]);

/** What was typed, to be read by a schema or shown again. */
export type Typed = Record<string, string | string[]>;

const FIELDS_MAX_COUNT = 60;

/** The fields of a form as text; those of several choices as lists. Files are no field of ours. */
export function typedIn(form: FormData): Typed {
  const names = [...new Set(form.keys())].slice(0, FIELDS_MAX_COUNT);
  return Object.fromEntries(
    names.map((name) => [name, LISTS.has(name) ? form.getAll(name).map(textOf) : textOf(form.get(name))])
  );
}

export function textIn(typed: Typed, name: string): string {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
}

/** Stored values as a form shows them: nothing as an empty text. */
export function asTyped(values: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : value === null || value === undefined ? '' : String(value)
    ])
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
