/** The id of the control called `name`: error summaries link to it. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** What a screen reader reads after the label: the error first, then the hint. */
export function describedBy(id: string, hint?: string | null, error?: string | null): string | undefined {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
