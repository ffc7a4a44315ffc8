import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { consentText } from './consent-texts.rules.ts';

const CONSENTS_MAX_COUNT = 200;

export interface OwnConsent {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
  readonly version: string;
  readonly channel: string;
  readonly givenAt: Instant;
  readonly withdrawnAt: Instant | null;
}

/** What whoever is signed in agreed to, the latest first, with the text that they read. */
export async function listOwnConsents(ctx: Context): Promise<OwnConsent[]> {
  const { accountId } = ctx.actor;
  if (accountId === null) return [];
  return reading(ctx, async (tx) => {
    const persons = await tx.selectFrom('person').select('id').where('account_id', '=', accountId).execute();
    return consentsOf(tx, { accountId, personIds: persons.map((row) => row.id) }, ctx.language);
  });
}

/** The consents of one human being, by account or person. */
export async function consentsOf(
  tx: Tx,
  { accountId, personIds }: { accountId: Id | null; personIds: readonly Id[] },
  language: 'fr' | 'en'
): Promise<OwnConsent[]> {
  const rows = await tx
    .selectFrom('consent')
    .select(['id', 'purpose', 'text_version', 'channel', 'given_at', 'withdrawn_at'])
    .where((where) =>
      where.or([
        ...(accountId ? [where('account_id', '=', accountId)] : []),
        ...(personIds.length > 0 ? [where('person_id', 'in', personIds)] : [])
      ])
    )
    .orderBy('id', 'desc')
    .limit(CONSENTS_MAX_COUNT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    ...consentText(row.purpose, row.text_version, language),
    version: row.text_version,
    channel: row.channel,
    givenAt: row.given_at,
    withdrawnAt: row.withdrawn_at
  }));
}
