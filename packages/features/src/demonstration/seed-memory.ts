import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { CASE_CONSENT_PURPOSE, CASE_CONSENT_VERSION } from '../trust/consent-texts.rules.ts';
import content from './memory.json' with { type: 'json' };

/** What three accompaniments taught, each with its structure's consent, and what six structures said of theirs. */
export async function insertMemory(tx: Tx, ctx: Context, territoryId: Id): Promise<void> {
  const at = plusDays(ctx.now, -20);
  for (const one of content.cases) {
    const dossier = await dossierCalled(tx, territoryId, one.dossier);
    const carrier = await tx
      .selectFrom('dossier_member')
      .select(['account_id', 'person_id'])
      .where('dossier_id', '=', dossier.id)
      .where('role', '=', 'carrier')
      .executeTakeFirstOrThrow();
    const consent = await tx
      .insertInto('consent')
      .values({
        account_id: carrier.account_id,
        person_id: carrier.person_id,
        territory_id: territoryId,
        purpose: CASE_CONSENT_PURPOSE,
        text_version: CASE_CONSENT_VERSION,
        channel: one.channel,
        recorded_by: dossier.opened_by,
        given_at: at
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('support_case')
      .values({
        dossier_id: dossier.id,
        territory_id: territoryId,
        title: one.title,
        situation: one.situation,
        tried: one.tried,
        worked: one.worked,
        failed: one.failed,
        advice: one.advice,
        themes: one.themes,
        dimensions: one.dimensions,
        shown_as: one.shownAs,
        named_as: one.namedAs ?? null,
        written_by: dossier.opened_by,
        written_at: at,
        updated_at: at,
        consent_id: consent.id,
        published_at: at
      })
      .execute();
  }
  for (const { dossier: title, ...said } of content.feedback) {
    const dossier = await dossierCalled(tx, territoryId, title);
    await tx
      .insertInto('dossier_feedback')
      .values({
        dossier_id: dossier.id,
        territory_id: territoryId,
        ...said,
        channel: 'spoken',
        given_by: dossier.opened_by,
        given_at: plusDays(ctx.now, -40)
      })
      .execute();
  }
}

function dossierCalled(tx: Tx, territoryId: Id, title: string) {
  return tx
    .selectFrom('dossier')
    .select(['id', 'opened_by'])
    .where('territory_id', '=', territoryId)
    .where('title', '=', title)
    .executeTakeFirstOrThrow();
}
