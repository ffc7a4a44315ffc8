/** The lines of the summary at the top of a form: each leads to its field; a refusal of the whole form leads nowhere. */
export function errorsOf(errors: Readonly<Record<string, string>>): { field: string | null; text: string }[] {
  return Object.entries(errors).map(([field, text]) => ({ field: field || null, text }));
}
