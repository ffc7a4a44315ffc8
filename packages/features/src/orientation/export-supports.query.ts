import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { writeCsv } from '@terreau/formats/write-csv';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { sharedContact } from '../directory/shared-contact.rules.ts';
import { timeZoneOf } from '../directory/time-zone.ts';
import { SUPPORT_FILE_COLUMNS, supportLineOf } from './support-columns.rules.ts';
import { keepsCatalogue } from './support.policy.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';

const READ_AT_ONCE_COUNT = 500;

/**
 * The published sheets of a territory that the actor may see, as CSV that the import of sheets reads back without loss.
 * For anybody but its team, without mobile numbers and mailboxes in somebody's name.
 */
export async function exportSupports(
  ctx: Context,
  territoryId: Id
): Promise<{ readonly csv: string; readonly exportedOn: LocalDate; readonly rows: number }> {
  return reading(ctx, async (tx) => {
    const today = localDate(ctx.now, await timeZoneOf(tx, territoryId));
    const ids = await tx
      .selectFrom('support')
      .select('id')
      .where('territory_id', '=', territoryId)
      .where('status', '=', 'published')
      .orderBy('id')
      .execute();
    const lines: string[][] = [];
    for (let start = 0; start < ids.length; start += READ_AT_ONCE_COUNT) {
      const page = ids.slice(start, start + READ_AT_ONCE_COUNT).map(({ id }) => id);
      for (const sheet of await readSheets(tx, page, today))
        lines.push(supportLineOf(keepsCatalogue(ctx.actor, territoryId) ? sheet : { ...sheet, ...contactFor(sheet) }));
    }
    return { csv: writeCsv(SUPPORT_FILE_COLUMNS, lines), exportedOn: today, rows: lines.length };
  });
}

/** What may be collected in bulk of a sheet's contacts. */
export function contactFor(sheet: SupportSheet): { email: string | null; phone: string | null } {
  const owner = sheet.organization ?? { name: sheet.provider ?? '', acronym: null, website: sheet.url };
  return sharedContact(sheet, owner);
}
