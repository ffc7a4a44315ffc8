import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import type { Desk, ToldRequest } from './desk.ts';
import { teamMail, type TeamNews } from './request-mails.ts';

/** Tells whoever of the team answers for the request, but never the one who acts. */
export async function tellTeam(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  desk: Desk,
  news: TeamNews,
  more: { who?: string; days?: number; closesOn?: LocalDate | null; onceKey?: string } = {}
): Promise<number> {
  const people = news === 'late' ? await coordinatorsOf(tx, request.territoryId) : await answerersOf(tx, request);
  const others = people.filter((person) => person.id !== ctx.actor.accountId);
  for (const { id, email, language } of others) {
    const link = `${desk.origin}/${desk.place.slug}/requests/${request.id}`;
    const { subject, text } = teamMail(language, news, { ...more, link });
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId: request.territoryId,
      template: `request-${news}`,
      onceKey: `${more.onceKey ?? `request:${request.id}:${request.version}:team-${news}`}:${id}`,
      foot: { kind: 'requests', language, origin: desk.origin },
      subject,
      text
    });
  }
  return others.length;
}

export interface TeamMember {
  readonly id: Id;
  readonly email: string;
  readonly language: string;
}

/** The responsible person; as long as nobody took the request, the coordinators. */
async function answerersOf(tx: Tx, request: ToldRequest): Promise<TeamMember[]> {
  if (!request.responsibleId) return coordinatorsOf(tx, request.territoryId);
  const row = await tx
    .selectFrom('account')
    .select(['id', 'email', 'language'])
    .where('id', '=', request.responsibleId)
    .executeTakeFirst();
  return row ? [row] : coordinatorsOf(tx, request.territoryId);
}

const TOLD_MAX_COUNT = 20;

/** The coordinators of a territory; its facilitators where it has none. */
export async function coordinatorsOf(tx: Tx, territoryId: Id): Promise<TeamMember[]> {
  const rows = await tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.email', 'account.language', 'role_grant.role'])
    .where('role_grant.territory_id', '=', territoryId)
    .where('role_grant.role', 'in', ['coordinator', 'facilitator'])
    .where('role_grant.ended_at', 'is', null)
    .orderBy('account.id')
    .execute();
  const coordinators = rows.filter((row) => row.role === 'coordinator');
  return (coordinators.length > 0 ? coordinators : rows).slice(0, TOLD_MAX_COUNT);
}
