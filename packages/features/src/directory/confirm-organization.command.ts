import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { confirmedNow, type PromiseMonths } from './freshness.rules.ts';
import { lockOwnOrganization } from './sheet-rows.ts';

export interface ConfirmOrganizationRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  /** Another rhythm from now on; null keeps the one promised. */
  readonly promiseMonths: PromiseMonths | null;
}

/** "Everything here is still true": renews the promise of a sheet, by somebody who may edit it. */
export async function confirmOrganization(
  ctx: Context,
  request: ConfirmOrganizationRequest
): Promise<Verdict<{ staleAt: Instant }, 'not-found'>> {
  return transaction(ctx, 'confirm-organization', async (tx, ledger) => {
    const row = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!row) return refuse('not-found');
    const months = request.promiseMonths ?? row.promise_months;
    const dates = confirmedNow(months, ctx.now);
    await tx
      .updateTable('organization')
      .set({ ...dates, promise_months: months, dormant_at: null })
      .where('id', '=', row.id)
      .execute();
    ledger.about('organization', row.id, row.territory_id, { months });
    return accept({ staleAt: dates.stale_at });
  });
}
