import type { Instant } from '@terreau/kernel/instants';

export const SUBJECT_KINDS = ['organization', 'post', 'skill', 'project'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const FLAG_REASONS = ['insult', 'private-data', 'discrimination', 'false', 'spam', 'other'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];

/** How much harm each reason may stand for while nobody has looked. The whole of the ranking is in this file. */
const WEIGHTS: Readonly<Record<FlagReason, number>> = {
  'private-data': 8,
  discrimination: 7,
  insult: 6,
  false: 3,
  spam: 2,
  other: 2
};
/** Somebody waits behind a first reading, and behind an appeal. */
const HELD_WEIGHT = 2;
const APPEAL_WEIGHT = 5;
/** Each day of waiting counts a little, so that nothing stays at the bottom for ever. */
const DAY_WEIGHT = 1;
const NEW_AUTHOR_WEIGHT = 2;

export interface CaseFacts {
  /** How many open flags there are for each reason. */
  readonly flags: Readonly<Partial<Record<FlagReason, number>>>;
  readonly isHeld: boolean;
  readonly isAppealed: boolean;
  readonly authorIsNew: boolean;
  readonly waitingSince: Instant;
}

/** How soon a case should be looked at: a sum that anybody can do again by hand. Ten flags of one reason weigh four times one. */
export function risk(facts: CaseFacts, now: Instant): number {
  const flagged = Object.entries(facts.flags).reduce(
    (sum, [reason, count]) => sum + WEIGHTS[reason as FlagReason] * (1 + Math.floor(Math.log2(Math.max(1, count)))),
    0
  );
  const days = Math.max(0, Math.floor((now.getTime() - facts.waitingSince.getTime()) / 86_400_000));
  return (
    flagged +
    (facts.isHeld ? HELD_WEIGHT : 0) +
    (facts.isAppealed ? APPEAL_WEIGHT : 0) +
    (facts.authorIsNew ? NEW_AUTHOR_WEIGHT : 0) +
    days * DAY_WEIGHT
  );
}

export type Outcome = 'approved' | 'refused' | 'hidden' | 'restored' | 'kept';

/** What can be decided on content in each state; `kept` answers flags or an appeal without changing anything. */
export function possibleOutcomes(state: 'shown' | 'held' | 'hidden' | 'gone'): readonly Outcome[] {
  return { shown: ['kept', 'hidden'], held: ['approved', 'refused'], hidden: ['restored', 'kept'], gone: ['kept'] }[
    state
  ] as Outcome[];
}

/** `post-<id>`: a case in an address. Null for anything else. */
export function readCase(text: string): { kind: SubjectKind; id: string } | null {
  const kind = SUBJECT_KINDS.find((one) => text.startsWith(`${one}-`));
  return kind ? { kind, id: text.slice(kind.length + 1) } : null;
}
