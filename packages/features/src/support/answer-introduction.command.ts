import { ownOrganizations, type Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Desk } from '../orientation/desk.ts';
import { findMeetingLink } from '../orientation/reply-links.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { workedDossier } from './circle.ts';
import { lockIntroduction, type IntroductionRow } from './introduction-rows.ts';
import {
  checkCircleAnswer,
  checkStillAsked,
  stateAfter,
  type AnswerRefusal,
  type IntroductionState,
  type Side,
  type SideAnswer
} from './introduction.rules.ts';
import { tellCircle, tellOther } from './tell-sides.ts';

export interface AnswerIntroduction {
  readonly by:
    | { readonly token: string }
    /** A member of the structure, by their account. */
    | { readonly territoryId: Id; readonly introductionId: string }
    /** Somebody of a circle: for the side of their dossier, or typed for the structure on the telephone. */
    | {
        readonly territoryId: Id;
        readonly introductionId: string;
        readonly dossierId: string;
        readonly side: Side;
        readonly agreedAloud: boolean;
      };
  readonly answer: SideAnswer;
  readonly origin: string;
}

export type AnswerIntroductionRefusal = 'not-found' | 'link-unknown' | 'link-expired' | AnswerRefusal;

/** One side says yes or no to a meeting, whatever the other says. When both said yes, each reads how to reach the other. */
export async function answerIntroduction(
  ctx: Context,
  request: AnswerIntroduction
): Promise<Verdict<IntroductionState, AnswerIntroductionRefusal>> {
  return transaction(ctx, 'answer-introduction', async (tx, ledger) => {
    const found = await findAsked(tx, ctx, request.by);
    if (!found.ok) return found;
    return asPlatform(tx, () => answer(tx, ctx, ledger, request, found.value));
  });
}

type AnsweredAs = 'link' | 'member' | 'carrier' | 'facilitator';

interface Asked {
  readonly territoryId: Id;
  readonly introductionId: string;
  readonly as: AnsweredAs;
  /** Whether the introduction is one that the asker may answer, and for which side. */
  readonly sideIn: (row: IntroductionRow) => Side | null;
}

async function findAsked(
  tx: Tx,
  ctx: Context,
  by: AnswerIntroduction['by']
): Promise<Verdict<Asked, AnswerIntroductionRefusal>> {
  if ('token' in by) {
    const link = await asPlatform(tx, () => findMeetingLink(tx, by.token));
    if (!link) return refuse('link-unknown');
    if (link.expiresAt <= ctx.now) return refuse('link-expired');
    return accept({ ...link, as: 'link', sideIn: () => 'other' });
  }
  if (!('dossierId' in by)) {
    const own = ownOrganizations(ctx.actor);
    const sideIn = (row: IntroductionRow) =>
      row.organization_id !== null && own.includes(row.organization_id) ? 'other' : null;
    return accept({ ...by, as: 'member', sideIn });
  }
  const dossier = await workedDossier(tx, ctx, by.territoryId, by.dossierId);
  if (!dossier) return refuse('not-found');
  const as = checkCircleAnswer(dossier.role, by.agreedAloud);
  if (!as.ok) return as;
  // A structure without an account answers on the telephone, to whoever accompanies and to nobody else.
  if (by.side === 'other' && as.value !== 'facilitator') return refuse('role-not-yours');
  const sideIn = (row: IntroductionRow): Side | null => {
    if (row.dossier_id === dossier.row.id) return by.side === 'other' && !row.organization_id ? null : by.side;
    return row.other_dossier_id === dossier.row.id ? 'other' : null;
  };
  return accept({ ...by, as: as.value, sideIn });
}

async function answer(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { answer: given, origin }: AnswerIntroduction,
  { territoryId, introductionId, as, sideIn }: Asked
): Promise<Verdict<IntroductionState, AnswerIntroductionRefusal>> {
  const row = await lockIntroduction(tx, territoryId, introductionId);
  const side = row && sideIn(row);
  if (!row || !side || row.state === 'dismissed') return refuse('not-found');
  const before = { own: row.own_answer as SideAnswer | null, other: row.other_answer as SideAnswer | null };
  const open = checkStillAsked({ state: row.state, expiresAt: row.expires_at }, before[side], ctx.now);
  if (!open.ok) return open;
  const after = { ...before, [side]: given };
  const state = stateAfter(after.own, after.other);
  await tx
    .updateTable('introduction')
    .set({ state, agreed_at: state === 'agreed' ? ctx.now : null, ...answered(side, given, ctx, as) })
    .where('id', '=', row.id)
    .where('dossier_id', '=', row.dossier_id)
    .execute();
  await tell(tx, ctx, ledger, row, state, { side, origin });
  ledger.about('introduction', row.id, territoryId, { side, answer: given, as });
  return accept(state);
}

function answered(side: Side, given: SideAnswer, { now, actor }: Context, as: AnsweredAs) {
  return side === 'own'
    ? { own_answer: given, own_answered_at: now, own_answered_by: actor.accountId, own_answered_as: as }
    : { other_answer: given, other_answered_at: now, other_answered_by: actor.accountId, other_answered_as: as };
}

/** Whoever accompanies hears of each answer; a side hears of the other's only when both are settled. */
async function tell(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: IntroductionRow,
  state: IntroductionState,
  { side, origin }: { side: Side; origin: string }
): Promise<void> {
  const desk: Desk = { place: await placeOfTerritory(tx, row.territory_id), origin };
  if (state === 'agreed') {
    await tellCircle(tx, ctx, ledger, row, desk, 'agreed', ['carrier', 'facilitator']);
    await tellOther(tx, ctx, ledger, row, desk, 'agreed');
    return;
  }
  await tellCircle(tx, ctx, ledger, row, desk, 'answered', ['facilitator']);
  if (state !== 'declined') return;
  // The one who had said yes, or had not answered yet, is not left waiting; nobody is told who said no.
  if (side === 'own') await tellOther(tx, ctx, ledger, row, desk, 'declined');
  else await tellCircle(tx, ctx, ledger, row, desk, 'declined', ['carrier']);
}
