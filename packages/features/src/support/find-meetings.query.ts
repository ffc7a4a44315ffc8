import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { MEETINGS_MAX_COUNT, type MeetingReason } from '@terreau/matching/close-actions';
import { proposeKindsFromWords, proposeThemesFromWords } from '@terreau/matching/propose-from-words';
import { asPlatform } from '../trust/as-platform.ts';
import { headOf, ownDossier, type DossierHead, type OwnDossier } from './circle.ts';
import { E3_DECISION_FACT, E3_WITH_FACT } from './decide-e3.command.ts';
import { factsOf } from './facts.ts';
import { contactOfDossier, contactOfOther, type IntroductionRow, type SideContact } from './introduction-rows.ts';
import type { E3Decision, IntroductionState, Outcome, Side, SideAnswer } from './introduction.rules.ts';
import { NEEDS_FACT, OFFERS_FACT, possibleMeetings, type Suggestion } from './possible-meetings.ts';

export const INTRODUCTIONS_SHOWN_ROWS = 50;

/** A meeting that was proposed, as one side sees it. */
export interface ShownIntroduction {
  readonly id: Id;
  /** Which side of it this dossier is. */
  readonly side: Side;
  /** The other's name, as everybody may know it: a structure's, or the title of a dossier that chose to be seen. */
  readonly name: string;
  readonly organizationId: Id | null;
  readonly kind: 'close' | 'complement';
  readonly reasons: readonly MeetingReason[];
  readonly state: Exclude<IntroductionState, 'dismissed'>;
  /** What the other side reads of the project. */
  readonly words: string | null;
  readonly proposedAt: Instant;
  readonly ownAnswer: SideAnswer | null;
  /** Told to whoever accompanies alone: nobody else learns who said no. */
  readonly otherAnswer: SideAnswer | null;
  /** How the other is reached, once both said yes. */
  readonly contact: SideContact | null;
  readonly metOn: LocalDate | null;
  readonly isAsked: boolean;
  readonly ownOutcome: Outcome | null;
  readonly ownOutcomeNote: string | null;
}

/** What a dossier is about, as whoever accompanies confirmed it; and what its words may mean, to be confirmed. */
export interface DescribedDossier {
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly neighbourhoodId: Id | null;
  readonly needs: readonly string[];
  readonly offers: readonly string[];
  readonly proposedThemes: readonly string[];
  readonly proposedNeeds: readonly string[];
  /** The neighbourhoods of the territory, to choose from. */
  readonly neighbourhoods: readonly { readonly id: Id; readonly name: string }[];
}

export interface MeetingsPage {
  readonly head: DossierHead;
  /** For whoever accompanies, and for nobody else: what they may propose, and what was compared. */
  readonly forFacilitator: { readonly described: DescribedDossier; readonly suggestions: readonly Suggestion[] } | null;
  readonly introductions: readonly ShownIntroduction[];
  readonly decision: { readonly decision: E3Decision; readonly with: string | null } | null;
}

/** The possible meetings of a dossier, the look being written down; null for whoever is not of its circle. */
export async function findMeetingsOf(
  ctx: Context,
  { territoryId, dossierId }: { readonly territoryId: Id; readonly dossierId: string }
): Promise<MeetingsPage | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId, as: own.role, kind: 'page', what: 'meetings' });
    const accompanies = own.role === 'facilitator' && own.isActive;
    const facts = await factsOf(tx, own.row.id, [E3_DECISION_FACT, E3_WITH_FACT]);
    const decision = facts.get(E3_DECISION_FACT)?.value as E3Decision | null | undefined;
    return {
      head: headOf(own),
      forFacilitator: accompanies
        ? {
            described: await describedBy(tx, own),
            suggestions: await possibleMeetings(tx, ctx, own.row, MEETINGS_MAX_COUNT)
          }
        : null,
      introductions: await introductionsOf(tx, own),
      decision: decision ? { decision, with: facts.get(E3_WITH_FACT)?.value ?? null } : null
    };
  });
}

const NEED_OF_KIND: Readonly<Record<string, string>> = {
  room: 'room',
  equipment: 'equipment',
  person: 'skill',
  training: 'skill'
};

async function describedBy(tx: Tx, { row }: OwnDossier): Promise<DescribedDossier> {
  const said = ['idea.sentence', 'idea.for-whom', 'idea.expectation'];
  const facts = await factsOf(tx, row.id, [NEEDS_FACT, OFFERS_FACT, ...said]);
  const words = [row.title, ...said.map((key) => facts.get(key)?.value)].filter(Boolean).join(' ');
  const needs = proposeKindsFromWords(words).flatMap(({ kind }) => NEED_OF_KIND[kind] ?? []);
  const listed = (key: string) => facts.get(key)?.value?.split(',').filter(Boolean) ?? [];
  return {
    themes: row.themes,
    publics: row.publics,
    neighbourhoodId: row.neighbourhood_id,
    needs: listed(NEEDS_FACT),
    offers: listed(OFFERS_FACT),
    proposedThemes: proposeThemesFromWords(words).map(({ theme }) => theme),
    proposedNeeds: [...new Set(needs)],
    neighbourhoods: await tx
      .selectFrom('neighbourhood')
      .select(['id', 'name'])
      .where('territory_id', '=', row.territory_id)
      .orderBy('position')
      .orderBy('id')
      .execute()
  };
}

/** What was proposed for this dossier, and what was proposed to it, the newest first. */
async function introductionsOf(tx: Tx, { row: dossier, role }: OwnDossier): Promise<ShownIntroduction[]> {
  const rows = await asPlatform(tx, () =>
    tx
      .selectFrom('introduction')
      .leftJoin('organization', 'organization.id', 'introduction.organization_id')
      .leftJoin('dossier as other', 'other.id', 'introduction.other_dossier_id')
      .innerJoin('dossier as asking', 'asking.id', 'introduction.dossier_id')
      .selectAll('introduction')
      .select(['organization.name', 'other.title', 'asking.title as askingTitle', 'asking.visibility'])
      .where((where) =>
        where.or([where('introduction.dossier_id', '=', dossier.id), where('other_dossier_id', '=', dossier.id)])
      )
      .where('introduction.state', '!=', 'dismissed')
      .orderBy('introduction.id', 'desc')
      .limit(INTRODUCTIONS_SHOWN_ROWS)
      .execute()
  );
  const shown: ShownIntroduction[] = [];
  for (const row of rows) {
    const side: Side = row.dossier_id === dossier.id ? 'own' : 'other';
    const isShared = row.state === 'agreed' || row.state === 'met';
    const contact = isShared ? await contactFor(tx, side, row as unknown as IntroductionRow) : null;
    // A dossier that asks is named by its title only once both said yes, or when its circle lets it be seen.
    const asking = isShared || row.visibility !== 'circle' ? row.askingTitle : '';
    shown.push({
      id: row.id,
      side,
      name: side === 'own' ? (row.name ?? row.title ?? '') : asking,
      organizationId: side === 'own' ? row.organization_id : null,
      kind: row.kind as ShownIntroduction['kind'],
      reasons: row.reasons as unknown as MeetingReason[],
      state: row.state as ShownIntroduction['state'],
      words: row.words,
      proposedAt: row.decided_at,
      ...answersFor(side, row, role === 'facilitator'),
      contact,
      metOn: row.met_on,
      isAsked: row.asked_at !== null,
      ownOutcome: (side === 'own' ? row.own_outcome : row.other_outcome) as Outcome | null,
      ownOutcomeNote: side === 'own' ? row.own_outcome_note : null
    });
  }
  return shown;
}

function contactFor(tx: Tx, side: Side, row: IntroductionRow): Promise<SideContact | null> {
  return asPlatform(tx, () => (side === 'own' ? contactOfOther(tx, row) : contactOfDossier(tx, row.dossier_id)));
}

function answersFor(
  side: Side,
  row: { own_answer: string | null; other_answer: string | null },
  seesOther: boolean
): Pick<ShownIntroduction, 'ownAnswer' | 'otherAnswer'> {
  const [mine, theirs] = side === 'own' ? [row.own_answer, row.other_answer] : [row.other_answer, row.own_answer];
  return { ownAnswer: mine as SideAnswer | null, otherAnswer: seesOther ? (theirs as SideAnswer | null) : null };
}
