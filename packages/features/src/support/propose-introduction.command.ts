import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Desk } from '../orientation/desk.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { workedDossier } from './circle.ts';
import { holdsContact, PROPOSAL_STANDS_DAYS, WORDS_MAX_CHARACTERS } from './introduction.rules.ts';
import { possibleMeetings } from './possible-meetings.ts';
import { tellCircle, tellOther } from './tell-sides.ts';

export interface ProposeIntroduction {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** `organization-<id>` or `dossier-<id>`, as the suggestion gave it. */
  readonly counterpart: string;
  /** What the other side reads of the project before it answers. */
  readonly words: string | null;
  readonly origin: string;
}

export type ProposeIntroductionRefusal =
  'not-found' | 'role-not-yours' | 'not-suggested' | 'already-proposed' | 'words-with-contact' | 'too-long';

/**
 * Whoever accompanies proposes a meeting: each side is asked apart, and until now neither knew of it. The other side
 * reads the reasons and the words typed for it, no name and no number.
 */
export async function proposeIntroduction(
  ctx: Context,
  { territoryId, dossierId, counterpart, words, origin }: ProposeIntroduction
): Promise<Verdict<Id, ProposeIntroductionRefusal>> {
  return transaction(ctx, 'propose-introduction', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('role-not-yours');
    if ((words?.length ?? 0) > WORDS_MAX_CHARACTERS) return refuse('too-long', { max: WORDS_MAX_CHARACTERS });
    if (words && holdsContact(words)) return refuse('words-with-contact');
    const suggestion = (await possibleMeetings(tx, ctx, own.row, Infinity)).find(
      (one) => one.counterpart === counterpart
    );
    if (!suggestion) return refuse('not-suggested');
    const sides = sidesOf(counterpart);
    const row = await tx
      .insertInto('introduction')
      .values({
        dossier_id: own.row.id,
        territory_id: territoryId,
        ...sides,
        kind: suggestion.kind,
        reasons: JSON.stringify(suggestion.reasons),
        state: 'proposed',
        words,
        decided_by: ctx.actor.accountId,
        decided_at: ctx.now,
        expires_at: plusDays(ctx.now, PROPOSAL_STANDS_DAYS)
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) return refuse('already-proposed');
    const told = { id: row.id, territory_id: territoryId, dossier_id: own.row.id, ...sides };
    await asPlatform(tx, async () => {
      const desk: Desk = { place: await placeOfTerritory(tx, territoryId), origin };
      await tellCircle(tx, ctx, ledger, told, desk, 'asked', ['carrier']);
      await tellOther(tx, ctx, ledger, told, desk, 'asked');
    });
    ledger.about('introduction', row.id, territoryId, { dossier: own.row.id, kind: suggestion.kind });
    return accept(row.id);
  });
}

/** The columns of the other side, from `organization-<id>` or `dossier-<id>`. */
export function sidesOf(counterpart: string): { organization_id: Id | null; other_dossier_id: Id | null } {
  const id = counterpart.slice(counterpart.indexOf('-') + 1);
  return counterpart.startsWith('organization-')
    ? { organization_id: id, other_dossier_id: null }
    : { organization_id: null, other_dossier_id: id };
}
