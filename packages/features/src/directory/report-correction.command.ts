import { createHash } from 'node:crypto';
import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { checkHits, networkOf, type RateLimit } from '../accounts/rate-limit.rules.ts';
import type { CorrectionFields } from './directory.schema.ts';

/** Wide enough for the shared connection of a neighbourhood's house, narrow enough for a script. */
export const CORRECTIONS_BY_ADDRESS: RateLimit = { name: 'correction-address', hits: 20, minutes: 60 };

export interface ReportCorrectionRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  readonly fields: CorrectionFields;
  /** The network address that the request came from; only its digest is kept, for an hour. */
  readonly address: string;
}

export type ReportCorrectionRefusal = 'not-found' | 'too-many-attempts';

/** Anybody says that something on a sheet is wrong, without an account. A human of the territory decides. */
export async function reportCorrection(
  ctx: Context,
  request: ReportCorrectionRequest
): Promise<Verdict<Id, ReportCorrectionRefusal>> {
  return transaction(ctx, 'report-correction', async (tx, ledger) => {
    if (!(await isPublished(tx, request))) return refuse('not-found');
    const counted = await countReport(tx, ctx, request.address);
    if (!counted.ok) return counted;
    const id = newId(ctx.now.getTime());
    // No "returning": a visitor may send a correction, not read it.
    await tx
      .insertInto('correction')
      .values({
        id,
        territory_id: request.territoryId,
        organization_id: request.organizationId,
        kind: request.fields.kind,
        details: request.fields.details,
        reporter_contact: request.fields.contact,
        reporter_account: ctx.actor.accountId,
        received_at: ctx.now
      })
      .execute();
    ledger.about('correction', id, request.territoryId, { kind: request.fields.kind });
    return accept(id);
  });
}

async function isPublished(tx: Tx, { territoryId, organizationId }: ReportCorrectionRequest): Promise<boolean> {
  if (!isId(organizationId)) return false;
  const row = await tx
    .selectFrom('organization')
    .select('id')
    .where('id', '=', organizationId)
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .executeTakeFirst();
  return row !== undefined;
}

async function countReport(tx: Tx, ctx: Context, address: string): Promise<Verdict<undefined, 'too-many-attempts'>> {
  const { name, minutes } = CORRECTIONS_BY_ADDRESS;
  const key = `${name}:${createHash('sha256').update(networkOf(address)).digest('base64url')}`;
  const oldest = new Date(ctx.now.getTime() - minutes * 60_000);
  const { hits, window_started_at } = await tx
    .insertInto('rate_limit')
    .values({ key, hits: 1, window_started_at: ctx.now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        hits: sql<number>`case when rate_limit.window_started_at <= ${oldest} then 1 else rate_limit.hits + 1 end`,
        window_started_at: sql<Date>`case when rate_limit.window_started_at <= ${oldest} then ${ctx.now}
                                          else rate_limit.window_started_at end`
      })
    )
    .returning(['hits', 'window_started_at'])
    .executeTakeFirstOrThrow();
  return checkHits(CORRECTIONS_BY_ADDRESS, hits, window_started_at, ctx.now);
}
