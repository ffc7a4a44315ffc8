/**
 * The answer of a rule or a command: accepted with a value, or refused with a code.
 * An expected "no" is a refusal; a bug is an exception. Nothing that returns a Verdict throws on purpose.
 */
export type Verdict<Value, Code extends string> = Accepted<Value> | Refused<Code>;

export interface Accepted<Value> {
  readonly ok: true;
  readonly value: Value;
}

/** `code` names the reason; `details` holds what the sentence on screen needs (a limit, a name, a field). */
export interface Refused<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly details: Readonly<Record<string, string | number>>;
}

export function accept(): Accepted<undefined>;
export function accept<Value>(value: Value): Accepted<Value>;
export function accept<Value>(value?: Value): Accepted<Value | undefined> {
  return { ok: true, value };
}

export function refuse<Code extends string>(
  code: Code,
  details: Readonly<Record<string, string | number>> = {}
): Refused<Code> {
  return { ok: false, code, details };
}
