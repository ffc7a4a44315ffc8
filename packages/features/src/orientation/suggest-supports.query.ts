import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import type { Asker } from '@terreau/matching/asker';
import { match, MATCH_LIMITS, type MatchLimits } from '@terreau/matching/match';
import type { Missing, Reason } from '@terreau/matching/reasons';
import type { SupportKind } from '@terreau/matching/support';
import { WEIGHTS, withValues, type Weights } from '@terreau/matching/weights';
import { timeZoneOf } from '../directory/time-zone.ts';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { placeOfAsker } from './asker-place.ts';
import { findCandidates } from './suggestion-candidates.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';

/** What somebody asks, as far as it was told; what is absent is not asked about, or gives answers to be checked. */
export interface SuggestionSearch {
  readonly territoryId: Id;
  /** In the person's own words. */
  readonly text?: string;
  /** Confirmed by a person, the main one first; the first ten are read. */
  readonly themes?: readonly string[];
  readonly kinds?: readonly SupportKind[];
  readonly publics?: readonly string[];
  readonly languages?: readonly string[];
  readonly accessibility?: readonly string[];
  readonly neighbourhoodId?: Id | null;
  /** Degrees, WGS84; without it, the middle of the neighbourhood. */
  readonly near?: { readonly latitude: number; readonly longitude: number } | null;
  /** Who asks, when it is an organisation: it is not proposed to itself. */
  readonly organizationId?: Id | null;
  readonly legalForm?: string | null;
  readonly ageMonths?: number | null;
  readonly employees?: number | null;
  readonly budgetCents?: number | null;
  /** When the help is needed; today unless told. */
  readonly date?: LocalDate;
  readonly limits?: MatchLimits;
}

export interface Suggestions {
  readonly suggestions: readonly {
    readonly sheet: SupportSheet;
    readonly score: number;
    readonly reasons: readonly Reason[];
  }[];
  readonly nearMisses: readonly { readonly sheet: SupportSheet; readonly missing: readonly Missing[] }[];
  /** How many sheets were compared, and whether these are all that speak of the subject. */
  readonly compared: number;
  readonly isWhole: boolean;
  readonly weightsVersion: string;
}

/**
 * Who and what can help, in the catalogue of a territory: the database reads a bounded number of sheets on the subject,
 * nearest first, and those that answer the words; the engine decides, orders and gives its reasons. Only sheets that
 * the actor may see are proposed; what others offered and answered counts for the team, who alone may see it.
 */
export async function suggestSupports(ctx: Context, search: SuggestionSearch): Promise<Suggestions> {
  return reading(ctx, async (tx) => {
    const today = localDate(ctx.now, await timeZoneOf(tx, search.territoryId));
    const asker = await askerOf(tx, search, today);
    const candidates = await findCandidates(tx, search, asker, ctx.now, today);
    const weights = await weightsOf(tx, search.territoryId);
    const found = match(asker, candidates.supports, weights, today, search.limits ?? MATCH_LIMITS);
    const sheets = await sheetsById(
      tx,
      [...found.suggestions, ...found.nearMisses].map((one) => one.supportId),
      today
    );
    return {
      suggestions: found.suggestions.flatMap(({ supportId, score, reasons }) => {
        const sheet = sheets.get(supportId);
        return sheet ? [{ sheet, score, reasons }] : [];
      }),
      nearMisses: found.nearMisses.flatMap(({ supportId, missing }) => {
        const sheet = sheets.get(supportId);
        return sheet ? [{ sheet, missing }] : [];
      }),
      compared: candidates.supports.length,
      isWhole: candidates.isWhole,
      weightsVersion: weights.version
    };
  });
}

/** The weights of the house, with what the territory changed; a change that no longer holds is left aside. */
async function weightsOf(tx: Tx, territoryId: Id): Promise<Weights> {
  const changed = (await settingsInForce(tx, territoryId))['matching-weights'];
  const weights = withValues(changed ?? {});
  return weights.ok ? weights.value : WEIGHTS;
}

/** The main theme counts whole, the others for half. */
const MAIN_THEME_WEIGHT = 1000;
const OTHER_THEME_WEIGHT = 500;

async function askerOf(tx: Tx, search: SuggestionSearch, today: LocalDate): Promise<Asker> {
  const themes = [...new Set(search.themes ?? [])];
  return {
    ...(await placeOfAsker(tx, search)),
    kinds: search.kinds ?? [],
    themes: themes.map((code, i) => ({ code, weight: i === 0 ? MAIN_THEME_WEIGHT : OTHER_THEME_WEIGHT })),
    publics: search.publics ?? [],
    languages: search.languages ?? [],
    accessibility: search.accessibility ?? [],
    legalForm: search.legalForm ?? null,
    ageMonths: search.ageMonths ?? null,
    employees: search.employees ?? null,
    budgetCents: search.budgetCents ?? null,
    date: search.date ?? today
  };
}

async function sheetsById(tx: Tx, ids: readonly Id[], today: LocalDate): Promise<Map<Id, SupportSheet>> {
  return new Map((await readSheets(tx, ids, today)).map((sheet) => [sheet.id, sheet]));
}
