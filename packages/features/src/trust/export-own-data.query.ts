import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { asPlatform } from './as-platform.ts';
import { exportRows, type PersonalExport } from './personal-rows.ts';
import { subjectOfAccount } from './personal-subject.ts';

/** Everything that the platform holds about whoever is signed in; null for a visitor. */
export async function exportOwnData(ctx: Context): Promise<PersonalExport | null> {
  const { accountId } = ctx.actor;
  if (accountId === null) return null;
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const subject = await subjectOfAccount(tx, accountId);
      return subject && exportRows(tx, subject, ctx.language, ctx.now);
    })
  );
}
