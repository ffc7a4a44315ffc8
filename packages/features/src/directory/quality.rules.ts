import { MILLISECONDS_PER_DAY, type Instant } from '@terreau/kernel/instants';

/** A description in this range says enough and can still be read. */
export const DESCRIPTION_GOOD_MIN_CHARACTERS = 200;
export const DESCRIPTION_GOOD_MAX_CHARACTERS = 2000;
/** The date counts in full until here… */
export const DATE_FULL_MONTHS = 6;
/** …and for nothing from here on. */
export const DATE_EMPTY_MONTHS = 24;

/** What is looked at, in the order in which it helps somebody who searches. */
export type QualityCriterion = 'contact' | 'address' | 'description' | 'mobilization' | 'date';

export interface QualityMark {
  readonly criterion: QualityCriterion;
  /** Thousandths, from 0 to 1000. */
  readonly permille: number;
}

/** Shown to the owner and to facilitators only: help to complete a sheet, never a comparison of organisations. */
export interface Quality {
  readonly permille: number;
  readonly marks: readonly QualityMark[];
  /** What would help most: the criteria that are not full, worst first. */
  readonly next: readonly QualityCriterion[];
}

export interface QualitySubject {
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly description: string | null;
  readonly places: readonly { readonly address: string | null; readonly city: string | null }[];
  readonly services: readonly { readonly mobilizationModes: readonly string[] }[];
  /** The newest proof of truth: confirmed here, or dated by the file that it came from. */
  readonly confirmedAt: Instant | null;
}

export function quality(subject: QualitySubject, now: Instant): Quality {
  const marks: QualityMark[] = [
    { criterion: 'contact', permille: contactPermille(subject) },
    { criterion: 'address', permille: subject.places.some((place) => place.address && place.city) ? 1000 : 0 },
    { criterion: 'description', permille: descriptionPermille(subject.description) },
    { criterion: 'mobilization', permille: mobilizationPermille(subject.services) },
    { criterion: 'date', permille: datePermille(subject.confirmedAt, now) }
  ];
  const total = marks.reduce((sum, mark) => sum + mark.permille, 0);
  return {
    permille: Math.round(total / marks.length),
    marks,
    next: marks
      .filter((mark) => mark.permille < 1000)
      .sort((left, right) => left.permille - right.permille)
      .map((mark) => mark.criterion)
  };
}

/** A telephone or a mail answers; a website alone leaves people on their own. */
function contactPermille(subject: QualitySubject): number {
  if (subject.phone || subject.email) return 1000;
  return subject.website ? 500 : 0;
}

function descriptionPermille(description: string | null): number {
  const length = description?.trim().length ?? 0;
  if (length >= DESCRIPTION_GOOD_MIN_CHARACTERS && length <= DESCRIPTION_GOOD_MAX_CHARACTERS) return 1000;
  return length === 0 ? 0 : 500;
}

/** The share of services that say how one asks for them; without a service, nothing says it. */
function mobilizationPermille(services: QualitySubject['services']): number {
  if (services.length === 0) return 0;
  const told = services.filter((service) => service.mobilizationModes.length > 0).length;
  return Math.floor((1000 * told) / services.length);
}

/** Full under six months, then linear down to nothing at two years. */
function datePermille(confirmedAt: Instant | null, now: Instant): number {
  if (!confirmedAt) return 0;
  const days = (now.getTime() - confirmedAt.getTime()) / MILLISECONDS_PER_DAY;
  const full = (DATE_FULL_MONTHS * 365.25) / 12;
  const empty = (DATE_EMPTY_MONTHS * 365.25) / 12;
  if (days <= full) return 1000;
  return Math.max(0, Math.round((1000 * (empty - days)) / (empty - full)));
}
