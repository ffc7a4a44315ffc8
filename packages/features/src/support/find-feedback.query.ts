import type { Context } from '@terreau/database/context';
import { reading, witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusLocalDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { timeZoneOf } from '../directory/time-zone.ts';
import { momentOf, type FeedbackAnswer, type FeedbackMoment } from './check-up.rules.ts';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import type { DossierState } from './dossier-life.rules.ts';

export interface FeedbackSheet {
  readonly head: DossierHead;
  /** What an answer given now would tell of; null when it is not the time. */
  readonly moment: FeedbackMoment | null;
  readonly given: readonly GivenFeedback[];
}

export interface GivenFeedback {
  readonly moment: FeedbackMoment;
  readonly useful: FeedbackAnswer;
  readonly holds: FeedbackAnswer;
  readonly again: FeedbackAnswer;
  readonly words: string | null;
  readonly channel: 'page' | 'spoken';
  readonly at: Instant;
}

/** What a structure said of its accompaniment, for its circle; null for others. */
export async function findFeedback(ctx: Context, territoryId: Id, dossierId: string): Promise<FeedbackSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId, as: own.role, kind: 'page', what: 'feedback' });
    const closedOn = own.row.closed_at && localDate(own.row.closed_at, await timeZoneOf(tx, territoryId));
    const given = await tx
      .selectFrom('dossier_feedback')
      .select(['moment', 'useful', 'holds', 'again', 'words', 'channel', 'given_at as at'])
      .where('dossier_id', '=', own.row.id)
      .orderBy('given_at', 'desc')
      .execute();
    return {
      head: headOf(own),
      moment: momentOf(own.row.state as DossierState, closedOn, await todayIn(tx, ctx, territoryId)),
      given: given as GivenFeedback[]
    };
  });
}

export interface DueCheckUp {
  readonly id: Id;
  readonly title: string;
  readonly on: LocalDate;
  readonly isLate: boolean;
  readonly months: 12 | 24;
}

/** A check-up shows in the week this many days before its date. */
const SHOWN_BEFORE_DAYS = 14;
const CHECK_UPS_MAX_COUNT = 20;

/** The check-ups that come, or have come, of the dossiers that the reader accompanies. */
export async function dueCheckUps(ctx: Context, territoryId: Id): Promise<DueCheckUp[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  return reading(ctx, async (tx) => {
    const today = await todayIn(tx, ctx, territoryId);
    const rows = await tx
      .selectFrom('dossier')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'dossier.id')
      .select(['dossier.id', 'dossier.title', 'dossier.state', 'dossier.next_contact_on as on'])
      .where('dossier.territory_id', '=', territoryId)
      .where('dossier.state', 'in', ['closed', 'check-up-12'])
      .where('dossier.next_contact_on', '<=', plusLocalDays(today, SHOWN_BEFORE_DAYS))
      .where('member.account_id', '=', accountId)
      .where('member.role', '=', 'facilitator')
      .where('member.left_at', 'is', null)
      .orderBy('dossier.next_contact_on')
      .orderBy('dossier.id')
      .limit(CHECK_UPS_MAX_COUNT)
      .execute();
    return rows.map(({ id, title, state, on }) => ({
      id,
      title,
      on: on!,
      isLate: on! < today,
      months: state === 'closed' ? 12 : 24
    }));
  });
}
