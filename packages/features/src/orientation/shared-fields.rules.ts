import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** What can be shared of a request, in the order in which it is listed before it is. */
export const SHAREABLE_FIELDS = [
  'sentence',
  'for-whom',
  'place',
  'neighbourhood',
  'expectation',
  'themes',
  'publics',
  'language',
  'reached-by',
  'name',
  'phone',
  'email'
] as const;
export type ShareableField = (typeof SHAREABLE_FIELDS)[number];

/** One thing that is shared of a request, as its words; lists are separated by commas. */
export interface SharedLine {
  readonly field: ShareableField;
  readonly text: string;
}

/** What tells who somebody is. */
const IDENTITY: readonly ShareableField[] = ['name', 'phone', 'email'];

/** What is ticked at first: what somebody must know to say yes or no, and nothing that says who asks. */
export const SHARED_AT_FIRST: readonly ShareableField[] = ['sentence', 'for-whom', 'place', 'expectation'];
/** Another structure takes it from here: it must be able to call. */
export const HANDED_OVER_AT_FIRST: readonly ShareableField[] = [...SHARED_AT_FIRST, 'name', 'phone', 'reached-by'];

export type SharingRefusal = 'nothing-shared' | 'field-not-shareable' | 'consent-missing' | 'contact-not-shared';

/**
 * What a request may show to an actor. The person's agreement is asked for as soon as it says who they are, or when they
 * wanted only the facilitators to know; a hand-over needs it always, and a way to reach them.
 */
export function checkSharing(
  fields: readonly string[],
  request: {
    readonly visibility: string;
    readonly kind: 'offer' | 'hand-over';
    readonly agreed: boolean;
    /** Somebody without telephone or mail is met where they said. */
    readonly isReachable: boolean;
  }
): Verdict<ShareableField[], SharingRefusal> {
  if (fields.some((field) => !isShareable(field))) return refuse('field-not-shareable');
  const shared = SHAREABLE_FIELDS.filter((field) => fields.includes(field));
  if (shared.length === 0) return refuse('nothing-shared');
  const sharesContact = shared.includes('phone') || shared.includes('email');
  if (request.kind === 'hand-over' && request.isReachable && !sharesContact) return refuse('contact-not-shared');
  if (needsConsent(shared, request) && !request.agreed) return refuse('consent-missing');
  return accept(shared);
}

export function needsConsent(
  shared: readonly ShareableField[],
  { visibility, kind }: { readonly visibility: string; readonly kind: 'offer' | 'hand-over' }
): boolean {
  return kind === 'hand-over' || visibility !== 'partners' || shared.some((field) => IDENTITY.includes(field));
}

function isShareable(field: string): field is ShareableField {
  return (SHAREABLE_FIELDS as readonly string[]).includes(field);
}
