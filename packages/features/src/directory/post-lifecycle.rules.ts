import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

export const POST_STATES = ['open', 'in-contact', 'fulfilled', 'expired', 'withdrawn'] as const;
export type PostState = (typeof POST_STATES)[number];

export const POST_CATEGORIES = ['room', 'equipment', 'skill', 'time', 'money', 'contact', 'vehicle', 'other'] as const;
export type PostCategory = (typeof POST_CATEGORIES)[number];

/** Without another date, a need or an offer stands for three months; nobody can leave one for more than a year. */
export const POST_DEFAULT_DAYS = 90;
export const POST_MAX_DAYS = 366;

/** A post that is settled or past stays on its organisation's sheet for this long. */
export const POST_SHOWN_AFTER_DAYS = 90;

/** A post that others can still answer. */
export const LIVE_STATES: readonly PostState[] = ['open', 'in-contact'];

/** Where each state may go by hand. Time alone leads to `expired`, which a new date reopens. */
const NEXT: Readonly<Record<PostState, readonly PostState[]>> = {
  open: ['in-contact', 'fulfilled', 'withdrawn'],
  'in-contact': ['open', 'fulfilled', 'withdrawn'],
  expired: ['open', 'fulfilled', 'withdrawn'],
  fulfilled: [],
  withdrawn: ['open']
};

export function nextStates(state: PostState): readonly PostState[] {
  return NEXT[state];
}

export type PostMoveRefusal = 'post-move-impossible' | 'post-date-passed' | 'post-date-too-far';

/** Whether a post may go to `to` today; reopening asks for a date to come. */
export function checkPostMove(
  post: { readonly state: PostState; readonly expiresOn: LocalDate },
  to: PostState,
  newExpiry: LocalDate | null,
  today: LocalDate
): Verdict<{ state: PostState; expiresOn: LocalDate }, PostMoveRefusal> {
  if (!NEXT[post.state].includes(to)) return refuse('post-move-impossible');
  const expiresOn = newExpiry ?? post.expiresOn;
  if (to === 'open' || to === 'in-contact') {
    const dated = checkPostDate(expiresOn, today);
    if (!dated.ok) return dated;
  }
  return accept({ state: to, expiresOn });
}

/** A post ends on a day that is not past, within a year. */
export function checkPostDate(
  expiresOn: LocalDate,
  today: LocalDate
): Verdict<LocalDate, 'post-date-passed' | 'post-date-too-far'> {
  if (expiresOn < today) return refuse('post-date-passed');
  if (expiresOn > plusLocalDays(today, POST_MAX_DAYS)) return refuse('post-date-too-far', { days: POST_MAX_DAYS });
  return accept(expiresOn);
}
