import type { Context } from '@terreau/database/context';
import { reading, transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Desk } from '../orientation/desk.ts';
import { isPoliteTime } from '../orientation/request-delays.rules.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { owedActions, type OwedAction } from './owed-actions.ts';
import { reminderMail } from './plan-mails.ts';
import { REMINDED_EVERY_DAYS, remindedUntil } from './plan.rules.ts';

/** Actions looked at in one pass over a territory; the next hour goes on. */
const PASS_MAX_ROWS = 2000;

/**
 * The round of plans, by the platform itself, each hour at which nobody is woken: whoever promised an action is told a week
 * before its day, then after it, once in ten days at most, whatever they promised elsewhere, and three times in all for one
 * date. Nothing is sent for what is closed, put aside or asleep: it is owed no more, and there is nothing to cancel.
 * Gives the messages that left.
 */
export async function remindPlans(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<number, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  let sent = 0;
  for (const territoryId of await openTerritories(ctx)) {
    const place = await reading(ctx, (tx) => placeOfTerritory(tx, territoryId));
    if (!isPoliteTime(ctx.now, place)) continue;
    const owed = await reading(ctx, (tx) => dueActions(tx, ctx, territoryId, place.timeZone));
    for (const actions of Map.groupBy(owed, (action) => action.ownerKey).values()) {
      const told = await transaction(ctx, 'remind-plans', async (tx, ledger) => {
        await lockOwner(tx, actions);
        // Another round may have told them meanwhile.
        const still = await dueActions(tx, ctx, territoryId, place.timeZone, actions[0]!.ownerKey);
        if (still.length === 0) return refuse('nothing-owed');
        await tell(tx, ctx, ledger, still, { territoryId, place, origin });
        return accept();
      });
      if (told.ok) sent += 1;
    }
  }
  return accept(sent);
}

async function openTerritories(ctx: Context): Promise<Id[]> {
  const rows = await reading(ctx, (tx) =>
    tx.selectFrom('territory').select('id').where('closed_at', 'is', null).orderBy('id').execute()
  );
  return rows.map(({ id }) => id);
}

async function dueActions(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  timeZone: string,
  ownerKey?: string
): Promise<OwedAction[]> {
  const until = remindedUntil(localDate(ctx.now, timeZone));
  const since = plusDays(ctx.now, -REMINDED_EVERY_DAYS);
  const recall = { since, ...(ownerKey ? { ownerKey } : {}) };
  return owedActions(tx, { territoryId, until, recall, limit: PASS_MAX_ROWS });
}

async function lockOwner(tx: Tx, actions: readonly OwedAction[]): Promise<void> {
  const members = [...new Set(actions.map(({ memberId }) => memberId))].toSorted();
  await tx.selectFrom('dossier_member').select('id').where('id', 'in', members).orderBy('id').forUpdate().execute();
}

async function tell(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  actions: readonly OwedAction[],
  { territoryId, place, origin }: Desk & { readonly territoryId: Id }
): Promise<void> {
  const { email, accountId, language, ownerKey } = actions[0]!;
  const today = localDate(ctx.now, place.timeZone);
  const recalled = actions.map((action) => ({
    what: action.what,
    dossierTitle: action.dossierTitle,
    dueOn: action.dueOn,
    isPast: action.dueOn < today,
    link: accountId ? `${origin}/${place.slug}/dossiers/${action.dossierId}/plan/actions/${action.id}` : null
  }));
  ledger.send({
    channel: 'mail',
    recipient: email!,
    accountId,
    territoryId,
    template: 'plan-reminder',
    onceKey: `plan:${ownerKey}:${today}`,
    foot: { kind: 'plans', language, origin },
    ...reminderMail(language, place.name, recalled)
  });
  await tx
    .insertInto('plan_reminder')
    .values(
      actions.map((action) => ({
        action_id: action.id,
        dossier_id: action.dossierId,
        territory_id: territoryId,
        member_id: action.memberId,
        due_on: action.dueOn,
        sent_at: ctx.now
      }))
    )
    .execute();
  for (const { dossierId } of actions) ledger.about('dossier', dossierId, territoryId, { reminded: actions.length });
}
