import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

export const PROMISE_KINDS = ['call', 'visit', 'meeting', 'message'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];
export const PROMISE_NOTE_MAX_CHARACTERS = 500;
/** Beyond this a promise is a hope. */
export const PROMISE_MAX_DAYS = 92;

export type PromiseRefusal =
  'kind-missing' | 'promise-date-missing' | 'promise-date-passed' | 'promise-date-too-far' | 'note-too-long';

/** A promise names what is promised and a day that is not past, within three months. */
export function checkPromise(
  { kind, on, note }: { readonly kind: string; readonly on: LocalDate; readonly note: string | null },
  today: LocalDate
): Verdict<PromiseKind, PromiseRefusal> {
  const known = PROMISE_KINDS.find((one) => one === kind);
  if (!known) return refuse('kind-missing');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) return refuse('promise-date-missing');
  if (on < today) return refuse('promise-date-passed');
  if (on > plusLocalDays(today, PROMISE_MAX_DAYS)) return refuse('promise-date-too-far', { days: PROMISE_MAX_DAYS });
  if ((note?.length ?? 0) > PROMISE_NOTE_MAX_CHARACTERS) {
    return refuse('note-too-long', { max: PROMISE_NOTE_MAX_CHARACTERS });
  }
  return accept(known);
}
