import * as v from 'valibot';

/** What a form held: its values as commands want them, or an error code per field and what was typed, to show again. */
export type FormReading<Output> =
  | { readonly ok: true; readonly value: Output }
  | {
      readonly ok: false;
      readonly errors: Readonly<Record<string, string>>;
      readonly values: Readonly<Record<string, string>>;
    };

/** Passwords and codes are not sent back to the page. */
const NEVER_SHOWN_AGAIN = /password|code|token/i;

/** Reads the fields that `schema` names. An absent field reads as an empty text. */
export function readForm<const Schema extends v.ObjectSchema<v.ObjectEntries, undefined>>(
  schema: Schema,
  form: FormData
): FormReading<v.InferOutput<Schema>> {
  const names = Object.keys(schema.entries);
  const typed = Object.fromEntries(names.map((name) => [name, textOf(form.get(name))]));
  const result = v.safeParse(schema, typed);
  if (result.success) return { ok: true, value: result.output };
  const errors: Record<string, string> = {};
  for (const issue of result.issues) {
    const field = String(issue.path?.[0]?.key ?? '');
    errors[field] ??= issue.message;
  }
  return { ok: false, errors, values: shownAgain(typed) };
}

/** What was typed, without what must not be shown again. */
export function shownAgain(typed: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(typed).filter(
    ([name, value]) => !NEVER_SHOWN_AGAIN.test(name) && typeof value === 'string'
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
