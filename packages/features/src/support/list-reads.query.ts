import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { maySeeReads } from './support.policy.ts';

export const READS_PAGE_ROWS = 50;

export interface ListedRead {
  readonly id: Id;
  /** Null once the reader's account is erased. */
  readonly name: string | null;
  readonly as: string;
  readonly kind: 'page' | 'file' | 'export' | 'search' | 'report';
  readonly what: string;
  readonly at: Instant;
}

/** Who looked at a dossier, the latest first, for the structure supported; null for whoever may not know. */
export async function listReads(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly after?: string | undefined }
): Promise<{ readonly head: DossierHead; readonly reads: readonly ListedRead[]; readonly next: Id | null } | null> {
  return reading(ctx, async (tx) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own || !maySeeReads(own.role)) return null;
    const rows = await tx
      .selectFrom('private_read')
      .leftJoin('account', 'account.id', 'private_read.read_by')
      .select(['private_read.id', 'account.name', 'read_as as as', 'kind', 'what', 'read_at as at'])
      .where('dossier_id', '=', own.row.id)
      .$if(isId(request.after), (query) => query.where('private_read.id', '<', request.after!))
      .orderBy('private_read.id', 'desc')
      .limit(READS_PAGE_ROWS + 1)
      .execute();
    const reads = rows.slice(0, READS_PAGE_ROWS) as ListedRead[];
    return { head: headOf(own), reads, next: rows.length > READS_PAGE_ROWS ? reads.at(-1)!.id : null };
  });
}
