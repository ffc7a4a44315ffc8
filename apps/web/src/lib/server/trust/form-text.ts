/** One field of a form as a text, never longer than what any command takes. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, TYPED_MAX_CHARACTERS) : '';
}

const TYPED_MAX_CHARACTERS = 20_000;
