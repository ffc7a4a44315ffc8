import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { writeFacts } from './facts.ts';
import { NEXT_ACTION_KEY, NEXT_ACTION_MAX_CHARACTERS, readSaid, roomOf } from './journey.rules.ts';

export interface PlanNextActionRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly action: string;
  /** Planned by whoever accompanies; the structure's own action keeps the date that stands. */
  readonly nextContactOn: LocalDate | null;
}

export type PlanNextActionRefusal =
  'not-found' | 'dossier-ended' | 'fact-too-long' | 'next-contact-missing' | 'next-contact-past';

/** Writes the next small action of a project, and the day of the next contact. */
export async function planNextAction(
  ctx: Context,
  { territoryId, dossierId, action, nextContactOn }: PlanNextActionRequest
): Promise<Verdict<undefined, PlanNextActionRefusal>> {
  return transaction(ctx, 'plan-next-action', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const { row, role } = own;
    if (ENDED_STATES.includes(row.state as DossierState)) return refuse('dossier-ended');
    const value = readSaid(action);
    if (value !== null && roomOf(value) > NEXT_ACTION_MAX_CHARACTERS) {
      return refuse('fact-too-long', { key: NEXT_ACTION_KEY, max: NEXT_ACTION_MAX_CHARACTERS });
    }
    if (role === 'facilitator') {
      if (!nextContactOn) return refuse('next-contact-missing');
      const isKept = nextContactOn === row.next_contact_on;
      if (!isKept && nextContactOn < (await todayIn(tx, ctx, territoryId))) return refuse('next-contact-past');
      await tx
        .updateTable('dossier')
        .set({ next_contact_on: nextContactOn, version: row.version + 1, updated_at: ctx.now })
        .where('id', '=', row.id)
        .execute();
    }
    await writeFacts(tx, ctx, { id: row.id, territoryId }, { [NEXT_ACTION_KEY]: value });
    ledger.about('dossier', row.id, territoryId);
    return accept();
  });
}
