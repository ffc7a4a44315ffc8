import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { worksFor } from './directory.policy.ts';
import type { CorrectionKind } from './directory.schema.ts';

export const CORRECTIONS_PAGE_ROWS = 30;
const WAITING_SHEETS_MAX_ROWS = 100;

export interface WaitingCorrection {
  readonly id: Id;
  readonly organizationId: Id;
  readonly organizationName: string;
  readonly kind: CorrectionKind;
  readonly details: string | null;
  readonly contact: string | null;
  readonly receivedAt: Instant;
}

export interface WaitingSheet {
  readonly id: Id;
  readonly name: string;
  readonly reason: string | null;
  readonly createdAt: Instant;
}

/** What waits for a human of the territory, oldest first: somebody is waiting behind each line. */
export interface DirectoryQueue {
  readonly corrections: WaitingCorrection[];
  readonly correctionsTotal: number;
  readonly next: Id | null;
  readonly sheets: WaitingSheet[];
}

/** The queue of the directory, for staff; null for anybody else. */
export async function directoryQueue(
  ctx: Context,
  request: { readonly territoryId: Id; readonly after?: string | undefined }
): Promise<DirectoryQueue | null> {
  const { territoryId, after } = request;
  if (!worksFor(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const open = tx
      .selectFrom('correction')
      .innerJoin('organization', 'organization.id', 'correction.organization_id')
      .where('correction.territory_id', '=', territoryId)
      .where('correction.state', '=', 'open');
    const { total } = await open.select((select) => select.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
    const rows = await open
      .select(['correction.id', 'organization_id as organizationId', 'organization.name as organizationName', 'kind'])
      .select(['details', 'reporter_contact as contact', 'received_at as receivedAt'])
      .$if(isId(after), (query) => query.where('correction.id', '>', after!))
      .orderBy('correction.id')
      .limit(CORRECTIONS_PAGE_ROWS + 1)
      .execute();
    const sheets = await tx
      .selectFrom('organization')
      .select(['id', 'name', 'status_reason as reason', 'created_at as createdAt'])
      .where('territory_id', '=', territoryId)
      .where('status', '=', 'held')
      .orderBy('id')
      .limit(WAITING_SHEETS_MAX_ROWS)
      .execute();
    const corrections = rows
      .slice(0, CORRECTIONS_PAGE_ROWS)
      .map((row) => ({ ...row, kind: row.kind as CorrectionKind }));
    const next = rows.length > CORRECTIONS_PAGE_ROWS ? corrections.at(-1)!.id : null;
    return { corrections, correctionsTotal: Number(total), next, sheets };
  });
}
