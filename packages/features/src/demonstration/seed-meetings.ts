import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusDays } from '@terreau/kernel/instants';
import { ASKED_AFTER_DAYS, PROPOSAL_STANDS_DAYS } from '../support/introduction.rules.ts';
import { NEEDS_FACT, OFFERS_FACT } from '../support/possible-meetings.ts';
import content from './meetings.json' with { type: 'json' };

export interface MeetingSeed {
  readonly territoryId: Id;
  readonly organizations: ReadonlyMap<string, Id>;
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

interface SeededDossier {
  readonly title: string;
  readonly neighbourhood: string;
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly needs: readonly string[];
  readonly offers: readonly string[];
  readonly noticedDaysAgo?: number;
  readonly introductions: readonly SeededIntroduction[];
}

interface SeededIntroduction {
  readonly with: string;
  readonly kind: string;
  readonly state: 'dismissed' | 'proposed' | 'agreed' | 'met';
  readonly daysAgo: number;
  readonly reasons: readonly object[];
  readonly words?: string;
  readonly dismissedAs?: string;
  readonly other?: string;
  readonly outcome?: string;
  readonly note?: string;
}

/** Both sides answered so many days after they were asked, and met so many days later. */
const ANSWERED_AFTER_DAYS = 3;
const MET_AFTER_DAYS = 9;

/** What some dossiers are about, so that there is somebody to meet: several suggestions, proposals, one put aside, one held. */
export async function insertMeetings(tx: Tx, ctx: Context, seed: MeetingSeed): Promise<void> {
  for (const described of content.dossiers as readonly SeededDossier[]) {
    const dossier = await tx
      .updateTable('dossier')
      .set({
        themes: [...described.themes],
        publics: [...described.publics],
        neighbourhood_id: seed.neighbourhoods.get(described.neighbourhood)!,
        close_noticed_at: described.noticedDaysAgo ? plusDays(ctx.now, -described.noticedDaysAgo) : null
      })
      .where('territory_id', '=', seed.territoryId)
      .where('title', '=', described.title)
      .returning(['id', 'opened_by as facilitator'])
      .executeTakeFirstOrThrow();
    const place = { dossier_id: dossier.id, territory_id: seed.territoryId };
    const said = { ...place, said_by: dossier.facilitator, said_at: plusDays(ctx.now, -1) };
    await tx
      .insertInto('dossier_fact')
      .values([
        { ...said, key: NEEDS_FACT, value: described.needs.join(',') || null },
        { ...said, key: OFFERS_FACT, value: described.offers.join(',') || null }
      ])
      .execute();
    for (const one of described.introductions) {
      await tx
        .insertInto('introduction')
        .values({ ...place, ...introductionRow(one, ctx, seed, dossier.facilitator) })
        .execute();
    }
  }
}

function introductionRow(one: SeededIntroduction, { now }: Context, seed: MeetingSeed, facilitator: Id | null) {
  const proposedAt = plusDays(now, -one.daysAgo);
  const answeredAt = plusDays(proposedAt, ANSWERED_AFTER_DAYS);
  const isAgreed = one.state === 'agreed' || one.state === 'met';
  const other = isAgreed ? 'yes' : (one.other ?? null);
  return {
    organization_id: seed.organizations.get(one.with)!,
    kind: one.kind,
    reasons: JSON.stringify(one.reasons),
    state: one.state,
    dismissed_as: one.dismissedAs ?? null,
    words: one.words ?? null,
    decided_by: facilitator,
    decided_at: proposedAt,
    expires_at: one.state === 'proposed' ? plusDays(proposedAt, PROPOSAL_STANDS_DAYS) : null,
    ...(isAgreed
      ? { own_answer: 'yes', own_answered_at: answeredAt, own_answered_as: 'facilitator', own_answered_by: facilitator }
      : {}),
    ...(other ? { other_answer: other, other_answered_at: answeredAt, other_answered_as: 'link' } : {}),
    agreed_at: isAgreed ? answeredAt : null,
    met_on: one.state === 'met' ? localDate(plusDays(proposedAt, MET_AFTER_DAYS), seed.timeZone) : null,
    asked_at: one.outcome ? plusDays(answeredAt, ASKED_AFTER_DAYS) : null,
    ...(one.outcome
      ? {
          own_outcome: one.outcome,
          own_outcome_note: one.note ?? null,
          own_outcome_at: plusDays(answeredAt, ASKED_AFTER_DAYS + 1),
          own_outcome_by: facilitator
        }
      : {})
  };
}
