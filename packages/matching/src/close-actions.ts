import { MILLISECONDS_PER_DAY, type LocalDate } from '@terreau/kernel/instants';
import { isEveryone } from './criteria.ts';
import { metresBetween, type Point } from './distance.ts';

/** What somebody does, offers or lacks, as far as the comparison goes: a project, a service, a need or an offer. */
export interface Action {
  readonly id: string;
  /** Who does it: of several actions of one actor, the one that speaks most for a meeting is kept. */
  readonly actor: string;
  /** A need or an offer is nothing that somebody does: it complements, and is close to nothing. */
  readonly isDone: boolean;
  /** Codes `family--theme`. */
  readonly themes: readonly string[];
  /** Empty, or with {@link EVERYONE}: open to all, or not told. */
  readonly publics: readonly string[];
  readonly neighbourhood: string | null;
  readonly point: Point | null;
  /** Null: no end on that side. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  /** Categories of what it lacks and of what it offers: `room`, `equipment`, `skill`… */
  readonly needs: readonly string[];
  readonly offers: readonly string[];
}

/** Why two actors could meet. */
export type MeetingReason =
  | { readonly code: 'theme'; readonly themes: readonly string[] }
  | { readonly code: 'public'; readonly publics: readonly string[] }
  | { readonly code: 'neighbourhood' }
  | { readonly code: 'near'; readonly metres: number }
  | { readonly code: 'they-offer' | 'they-need'; readonly categories: readonly string[] };

export interface PossibleMeeting {
  readonly actionId: string;
  readonly actor: string;
  /** `close`: they do nearly the same; `complement`: one lacks what the other offers. */
  readonly kind: 'close' | 'complement';
  /** Thousandths; it chooses whom to show, and is shown to nobody. */
  readonly strength: number;
  readonly reasons: readonly MeetingReason[];
}

/** At most so many are shown: a facilitator arranges meetings, she does not read a list. */
export const MEETINGS_MAX_COUNT = 3;

/** Two lists of themes, or of publics, are close from these shares on (in thousandths of all that either names). */
const CLOSE_THEMES_PERMILLE = 500;
const CLOSE_PUBLICS_PERMILLE = 340;
/** « Open to all » meets anybody, for half of what naming them would bring. */
const OPEN_TO_ALL_PERMILLE = 500;
const OVERLAP_MIN_DAYS = 14;
/** Nearness counts up to here, and is said up to there. */
const NEAR_COUNTS_METRES = 15_000;
const NEAR_IS_SAID_METRES = 1_000;

const WEIGHTS = { theme: 400, public: 250, place: 200, time: 150 } as const;
const COMPLEMENT_WEIGHTS = { match: 400, theme: 250, place: 200, public: 150 } as const;

/**
 * With whom `own` could meet, among `others`: close actions (themes, publics and dates overlap) and complements (one
 * lacks what the other offers). At most one for each actor, the strongest first; equals by id, so that the order of
 * `others` changes nothing.
 */
export function findMeetings(
  own: Action,
  others: Iterable<Action>,
  most: number = MEETINGS_MAX_COUNT
): PossibleMeeting[] {
  const best = new Map<string, PossibleMeeting>();
  for (const other of others) {
    if (other.actor === own.actor) continue;
    const found = compare(own, other);
    const kept = found && best.get(other.actor);
    if (found && (!kept || comesBefore(found, kept) < 0)) best.set(other.actor, found);
  }
  return [...best.values()].sort(comesBefore).slice(0, most);
}

function comesBefore(a: PossibleMeeting, b: PossibleMeeting): number {
  return b.strength - a.strength || (a.actionId < b.actionId ? -1 : a.actionId > b.actionId ? 1 : 0);
}

function compare(own: Action, other: Action): PossibleMeeting | null {
  const days = overlapDays(own, other);
  if (days < OVERLAP_MIN_DAYS) return null;
  const themes = sharedShare(own.themes, other.themes);
  const publics =
    isEveryone(own.publics) || isEveryone(other.publics)
      ? OPEN_TO_ALL_PERMILLE
      : sharedShare(own.publics, other.publics);
  const metres = own.point && other.point ? metresBetween(own.point, other.point) : null;
  const isNeighbour = own.neighbourhood !== null && own.neighbourhood === other.neighbourhood;
  const place = isNeighbour ? 1000 : nearness(metres);
  const offered = common(own.needs, other.offers);
  const needed = common(own.offers, other.needs);
  const isClose = own.isDone && other.isDone && themes >= CLOSE_THEMES_PERMILLE && publics >= CLOSE_PUBLICS_PERMILLE;
  if (!isClose && offered.length + needed.length === 0) return null;
  const close = isClose
    ? WEIGHTS.theme * themes + WEIGHTS.public * publics + WEIGHTS.place * place + WEIGHTS.time * 1000
    : 0;
  const complement =
    offered.length + needed.length > 0
      ? COMPLEMENT_WEIGHTS.match * 1000 +
        COMPLEMENT_WEIGHTS.theme * themes +
        COMPLEMENT_WEIGHTS.place * place +
        COMPLEMENT_WEIGHTS.public * publics
      : 0;
  return {
    actionId: other.id,
    actor: other.actor,
    kind: isClose ? 'close' : 'complement',
    strength: Math.floor(Math.max(close, complement) / 1000),
    reasons: reasonsOf(own, other, { offered, needed, isNeighbour, metres })
  };
}

interface Compared {
  readonly offered: readonly string[];
  readonly needed: readonly string[];
  readonly isNeighbour: boolean;
  readonly metres: number | null;
}

function reasonsOf(own: Action, other: Action, { offered, needed, isNeighbour, metres }: Compared): MeetingReason[] {
  const reasons: MeetingReason[] = [];
  if (offered.length > 0) reasons.push({ code: 'they-offer', categories: offered });
  if (needed.length > 0) reasons.push({ code: 'they-need', categories: needed });
  const themes = common(own.themes, other.themes);
  if (themes.length > 0) reasons.push({ code: 'theme', themes });
  const publics = isEveryone(own.publics) ? [] : common(own.publics, other.publics);
  if (publics.length > 0) reasons.push({ code: 'public', publics });
  if (isNeighbour) reasons.push({ code: 'neighbourhood' });
  else if (metres !== null && metres <= NEAR_IS_SAID_METRES) reasons.push({ code: 'near', metres });
  return reasons;
}

/** What both name, in thousandths of what either names. */
function sharedShare(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  return all.size === 0 ? 0 : Math.floor((1000 * common(a, b).length) / all.size);
}

function common(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set(a)].filter((code) => b.includes(code));
}

/** Days for which both last; an open end lasts for ever. */
function overlapDays(a: Action, b: Action): number {
  const starts = [a.from, b.from].filter((date) => date !== null);
  const ends = [a.until, b.until].filter((date) => date !== null);
  if (starts.length === 0 || ends.length === 0) return Infinity;
  const start = Math.max(...starts.map((date) => Date.parse(date)));
  const end = Math.min(...ends.map((date) => Date.parse(date)));
  return (end - start) / MILLISECONDS_PER_DAY;
}

function nearness(metres: number | null): number {
  if (metres === null || metres >= NEAR_COUNTS_METRES) return 0;
  return Math.floor((1000 * (NEAR_COUNTS_METRES - metres)) / NEAR_COUNTS_METRES);
}
