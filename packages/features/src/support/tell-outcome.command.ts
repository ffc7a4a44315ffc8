import { ownOrganizations, type Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findMeetingLink } from '../orientation/reply-links.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { workedDossier } from './circle.ts';
import { lockIntroduction, writeMeetingLine, type IntroductionRow } from './introduction-rows.ts';
import { WORDS_MAX_CHARACTERS, type Outcome, type Side } from './introduction.rules.ts';

export interface TellOutcome {
  readonly by:
    | { readonly token: string }
    | { readonly territoryId: Id; readonly introductionId: string; readonly dossierId?: string };
  readonly outcome: Outcome;
  /** Kept for the circle alone; whoever answers by a link types none. */
  readonly note: string | null;
}

export type TellOutcomeRefusal =
  'not-found' | 'link-unknown' | 'link-expired' | 'introduction-not-agreed' | 'too-long' | 'role-not-yours';

/** What came of a meeting, as one side sees it; said again, the last word counts. */
export async function tellOutcome(
  ctx: Context,
  { by, outcome, note }: TellOutcome
): Promise<Verdict<undefined, TellOutcomeRefusal>> {
  if ((note?.length ?? 0) > WORDS_MAX_CHARACTERS) return refuse('too-long', { max: WORDS_MAX_CHARACTERS });
  return transaction(ctx, 'tell-outcome', async (tx, ledger) => {
    const found = await findTold(tx, ctx, by);
    if (!found.ok) return found;
    const { territoryId, introductionId, sideIn } = found.value;
    return asPlatform(tx, async () => {
      const row = await lockIntroduction(tx, territoryId, introductionId);
      const side = row && sideIn(row);
      if (!row || !side || row.state === 'dismissed') return refuse('not-found');
      if (row.state !== 'agreed' && row.state !== 'met') return refuse('introduction-not-agreed');
      await tx
        .updateTable('introduction')
        .set(
          side === 'own'
            ? {
                own_outcome: outcome,
                own_outcome_note: note,
                own_outcome_at: ctx.now,
                own_outcome_by: ctx.actor.accountId
              }
            : { other_outcome: outcome, other_outcome_at: ctx.now }
        )
        .where('id', '=', row.id)
        .where('dossier_id', '=', row.dossier_id)
        .execute();
      if (side === 'own') await writeMeetingLine(tx, ctx, row, { metOn: row.met_on, note });
      ledger.about('introduction', row.id, territoryId, { side, outcome });
      return accept();
    });
  });
}

interface Told {
  readonly territoryId: Id;
  readonly introductionId: string;
  readonly sideIn: (row: IntroductionRow) => Side | null;
}

async function findTold(tx: Tx, ctx: Context, by: TellOutcome['by']): Promise<Verdict<Told, TellOutcomeRefusal>> {
  if ('token' in by) {
    const link = await asPlatform(tx, () => findMeetingLink(tx, by.token));
    if (!link) return refuse('link-unknown');
    if (link.expiresAt <= ctx.now) return refuse('link-expired');
    return accept({ ...link, sideIn: () => 'other' });
  }
  if (by.dossierId === undefined) {
    const own = ownOrganizations(ctx.actor);
    const sideIn = (row: IntroductionRow) =>
      row.organization_id && own.includes(row.organization_id) ? 'other' : null;
    return accept({ ...by, sideIn });
  }
  const dossier = await workedDossier(tx, ctx, by.territoryId, by.dossierId);
  if (!dossier) return refuse('not-found');
  if (dossier.role === 'expert') return refuse('role-not-yours');
  const { id } = dossier.row;
  return accept({
    ...by,
    sideIn: (row) => (row.dossier_id === id ? 'own' : row.other_dossier_id === id ? 'other' : null)
  });
}
