/**
 * French puts a space before some signs, and a line must not break there: "Pourquoi ?" with a space that holds.
 * Writers type plain spaces, in the texts of the screens as in what people say of themselves.
 */
export function firmSpaces(text: string): string {
  return text.replaceAll(/ (?=[:;!?»%€])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}
