import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { dayInWords, signature, type Desk } from '../orientation/desk.ts';
import { linkExpiry, REPLY_LINK_DAYS, SURVEY_LINK_DAYS } from '../orientation/request-delays.rules.ts';
import { introductionMail, structureAskedMail, type CircleNews } from './introduction-mails.ts';
import type { IntroductionRow } from './introduction-rows.ts';

type Told = Pick<IntroductionRow, 'id' | 'territory_id' | 'dossier_id' | 'organization_id' | 'other_dossier_id'>;

/**
 * Tells the other side, with the platform's rights: the structure by the link of a mail, where its sheet has an address,
 * or the circle of the other dossier. Whoever has no address is told by somebody who accompanies.
 */
export async function tellOther(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: Told,
  desk: Desk,
  news: Exclude<CircleNews, 'answered' | 'expired'>
): Promise<void> {
  if (row.other_dossier_id) {
    await tellCircle(tx, ctx, ledger, { ...row, dossier_id: row.other_dossier_id }, desk, news, [
      'carrier',
      'facilitator'
    ]);
    return;
  }
  const structure = await tx
    .selectFrom('organization')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .select(['organization.name', 'organization.email', 'territory.languages'])
    .where('organization.id', '=', row.organization_id)
    .executeTakeFirst();
  if (!structure?.email) return;
  const language = structure.languages[0] ?? 'fr';
  const expiresAt = linkExpiry(ctx.now, news === 'asked' ? REPLY_LINK_DAYS : SURVEY_LINK_DAYS);
  const link = `${desk.origin}/meetings/${await newLink(tx, ctx.now, row, expiresAt)}`;
  const { subject, text } =
    news === 'asked'
      ? structureAskedMail(language, {
          territory: desk.place.name,
          structure: structure.name,
          link,
          until: dayInWords(expiresAt, desk.place.timeZone, language)
        })
      : introductionMail(language, news, link);
  ledger.send({
    channel: 'mail',
    recipient: structure.email,
    territoryId: row.territory_id,
    template: `introduction-${news}`,
    foot: { kind: 'requests', language, origin: desk.origin },
    subject,
    text: `${text}\n${signature(language, desk.place.name)}\n`
  });
}

/** Tells those of the circle who have an account and one of `roles`, but never the one who acts. As the platform. */
export async function tellCircle(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: Pick<Told, 'id' | 'territory_id' | 'dossier_id'>,
  desk: Desk,
  news: CircleNews,
  roles: readonly ('carrier' | 'facilitator')[]
): Promise<void> {
  const people = await tx
    .selectFrom('dossier_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['account.id', 'account.email', 'account.language'])
    .distinct()
    .where('member.dossier_id', '=', row.dossier_id)
    .where('member.role', 'in', [...roles])
    .where('member.left_at', 'is', null)
    .orderBy('account.id')
    .execute();
  const link = `${desk.origin}/${desk.place.slug}/dossiers/${row.dossier_id}/meetings`;
  for (const { id, email, language } of people.filter((person) => person.id !== ctx.actor.accountId)) {
    const { subject, text } = introductionMail(language, news, link);
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId: row.territory_id,
      template: `introduction-${news}`,
      foot: { kind: 'requests', language, origin: desk.origin },
      subject,
      text: `${text}\n${signature(language, desk.place.name)}\n`
    });
  }
}

/** A new link in place of those before. */
async function newLink(tx: Tx, now: Instant, row: Told, expiresAt: Instant): Promise<string> {
  const token = newToken();
  await endLinks(tx, row.id, now);
  await tx
    .insertInto('request_link')
    .values({
      territory_id: row.territory_id,
      introduction_id: row.id,
      purpose: 'meeting',
      token_hash: hashToken(token),
      sent_at: now,
      expires_at: expiresAt
    })
    .execute();
  return token;
}

export async function endLinks(tx: Tx, introductionId: Id, now: Instant): Promise<void> {
  await tx
    .updateTable('request_link')
    .set({ expires_at: now })
    .where('introduction_id', '=', introductionId)
    .where('expires_at', '>', now)
    .execute();
}
