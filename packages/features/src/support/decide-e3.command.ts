import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { factsOf, writeFacts } from './facts.ts';
import { lockIntroduction, nameOfOther } from './introduction-rows.ts';
import type { E3Decision } from './introduction.rules.ts';

/** The choice of step E3, as the journey asks it, and with whom; the words of the page « avec qui » stay their authors'. */
export const E3_DECISION_FACT = 'close.choice';
export const E3_WITH_FACT = 'close.choice-with';
const WITH_WHOM_FACT = 'close.with-whom';

export interface DecideE3 {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly decision: E3Decision;
  /** The introduction whose structure it is done with, or joined. */
  readonly introductionId: string;
}

/** How the project goes on: alone, with somebody, by joining them, or not at all. Kept among its facts, and said again at will. */
export async function decideE3(
  ctx: Context,
  { territoryId, dossierId, decision, introductionId }: DecideE3
): Promise<Verdict<undefined, 'not-found' | 'role-not-yours' | 'with-whom-missing'>> {
  return transaction(ctx, 'decide-e3', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role === 'expert') return refuse('role-not-yours');
    const isShared = decision === 'with' || decision === 'join';
    const partner = isShared ? await lockIntroduction(tx, territoryId, introductionId) : null;
    const isOwn = partner?.dossier_id === own.row.id && partner.state !== 'dismissed';
    const name = partner && isOwn ? await nameOfOther(tx, partner) : null;
    if (isShared && !name) return refuse('with-whom-missing');
    const said = await factsOf(tx, own.row.id, [WITH_WHOM_FACT]);
    await writeFacts(
      tx,
      ctx,
      { id: own.row.id, territoryId },
      {
        [E3_DECISION_FACT]: decision,
        [E3_WITH_FACT]: name,
        ...(name && !said.get(WITH_WHOM_FACT)?.value ? { [WITH_WHOM_FACT]: name } : {})
      }
    );
    ledger.about('dossier', own.row.id, territoryId, { decision });
    return accept();
  });
}
