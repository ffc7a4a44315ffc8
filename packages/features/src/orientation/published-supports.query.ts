import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { contactFor } from './export-supports.query.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';
import type { SupportKind } from './support.schema.ts';

/** A sheet that everybody may see, with the address of its territory and what may be collected of its contacts. */
export interface PublishedSupport extends SupportSheet {
  readonly territory: string;
}

export interface PublishedSupportListing {
  readonly territoryId?: Id | undefined;
  readonly kinds?: readonly SupportKind[] | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

/** One page of the public catalogue of open territories. Pages follow ids: no gap, no double, whatever changes meanwhile. */
export async function listPublishedSupports(
  ctx: Context,
  { territoryId, kinds, after, limit }: PublishedSupportListing
): Promise<{ readonly items: readonly PublishedSupport[]; readonly next: Id | null }> {
  return reading(ctx, async (tx) => {
    const rows = await published(tx)
      .$if(territoryId !== undefined, (query) => query.where('support.territory_id', '=', territoryId!))
      .$if((kinds?.length ?? 0) > 0, (query) => query.where('support.kind', 'in', kinds!))
      .$if(after !== undefined, (query) => query.where('support.id', '>', after!))
      .orderBy('support.id')
      .limit(limit + 1)
      .execute();
    const page = rows.slice(0, limit);
    return { items: await sheetsOf(tx, ctx, page), next: rows.length > limit ? page.at(-1)!.id : null };
  });
}

/** Sheets by their ids, in that order; those that are not public are left out. */
export async function readPublishedSupports(ctx: Context, ids: readonly Id[]): Promise<PublishedSupport[]> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return [];
  return reading(ctx, async (tx) => {
    const rows = await published(tx).where('support.id', 'in', wanted).execute();
    const known = new Map(rows.map((row) => [row.id, row]));
    return sheetsOf(
      tx,
      ctx,
      wanted.flatMap((id) => known.get(id) ?? [])
    );
  });
}

/** What is public has a document of search, and nothing else has. */
function published(tx: Tx) {
  return tx
    .selectFrom('support')
    .innerJoin('search_document', 'search_document.organization_id', 'support.id')
    .innerJoin('territory', 'territory.id', 'support.territory_id')
    .select(['support.id', 'territory.slug', 'territory.time_zone as timeZone'])
    .where('territory.closed_at', 'is', null);
}

async function sheetsOf(
  tx: Tx,
  ctx: Context,
  rows: readonly { id: Id; slug: string; timeZone: string }[]
): Promise<PublishedSupport[]> {
  const known = new Map(rows.map((row) => [row.id, row]));
  const sheets: PublishedSupport[] = [];
  // Each territory has its own day.
  for (const [timeZone, group] of Map.groupBy(rows, (row) => row.timeZone)) {
    const ids = group.map(({ id }) => id);
    for (const sheet of await readSheets(tx, ids, localDate(ctx.now, timeZone)))
      sheets.push({ ...sheet, ...contactFor(sheet), territory: known.get(sheet.id)!.slug });
  }
  const order = new Map(rows.map((row, index) => [row.id, index]));
  return sheets.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
}
