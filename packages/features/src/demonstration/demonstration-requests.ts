import requests from './requests.json' with { type: 'json' };
import type { NeighbourhoodKey } from './demonstration.ts';

/** What people of Valbrune ask, in every state. Invented, as all of Valbrune; nothing in it tells of anybody's life. */
export function demonstrationRequests(): DemonstrationRequest[] {
  return structuredClone(requests as DemonstrationRequest[]);
}

/** Dates are counted back from the day on which the demonstration is made. */
export type DemonstrationRequest = {
  door: 'idea' | 'need' | 'help';
  /** Absent from a draft: nobody knows yet who types. */
  firstName?: string | null;
  neighbourhood: NeighbourhoodKey | null;
  sentence: string;
  forWhom?: string;
  placeWords?: string;
  expectation?: string;
  /** What the person left to be reached by; `visit`: nothing, they come. */
  contact: 'phone' | 'email' | 'phone+email' | 'visit' | null;
  reachedBy: 'phone' | 'sms' | 'mail' | 'visit';
  channel: 'page' | 'counter' | 'telephone' | 'street';
  state: 'draft' | 'moderation' | 'open' | 'offered' | 'accepted' | 'done' | 'closed' | 'withdrawn';
  sentDaysAgo?: number;
  /** Working days before today: "day 4 of 5" whatever the day on which the demonstration is made. */
  sentWorkingDaysAgo?: number;
  /** An account's key; absent: nobody has taken it. */
  responsible?: string;
  answeredDaysAgo?: number;
  offers?: DemonstrationOffer[];
  promises?: { kind: 'call' | 'visit' | 'meeting'; inDays: number; note?: string }[];
  survey?: DemonstrationSurvey;
  endedDaysAgo?: number;
  closeReason?: string;
  nextStep?: string;
  themes?: string[];
  publics?: string[];
  language?: string;
  visibility?: 'partners';
};

export type DemonstrationOffer = {
  /** The key of an organisation. */
  to: string;
  kind?: 'hand-over';
  state: 'pending' | 'accepted' | 'refused' | 'expired' | 'done';
  offeredDaysAgo: number;
  answeredDaysAgo?: number;
  reason?: 'not-for-us' | 'full' | 'out-of-area' | 'too-soon';
  answerNote?: string;
  message?: string;
  personTold?: boolean;
};

/** Asked of everybody whose request is over; answered by some, which is what a rate of answers is out of. */
export type DemonstrationSurvey = {
  askedDaysAgo: number;
  answeredDaysAgo?: number;
  wasContacted?: 'yes' | 'no' | 'not-yet';
  wasUseful?: 'yes' | 'partly' | 'no';
  whatCame?: string;
  channel?: 'page' | 'sms' | 'mail' | 'typed';
};
