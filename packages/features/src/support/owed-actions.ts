import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql, type RawBuilder } from 'kysely';
import { PROMISING_STATES, REMINDERS_MAX_COUNT } from './plan.rules.ts';

/** An action that somebody of a circle promised and has not closed, with the person who owes it. */
export interface OwedAction {
  readonly id: Id;
  readonly what: string;
  readonly dueOn: LocalDate;
  readonly dossierId: Id;
  readonly dossierTitle: string;
  readonly memberId: Id;
  /** One key for one human, however many circles they are in. */
  readonly ownerKey: string;
  readonly accountId: Id | null;
  readonly email: string | null;
  readonly language: string;
}

export interface OwedSearch {
  readonly territoryId: Id;
  readonly until: LocalDate;
  readonly limit: number;
  /** Of one account alone. */
  readonly mine?: Id;
  /**
   * Only what may be recalled: to somebody who can be written to and whom nothing of a plan was recalled since `since`,
   * and not three times already for this date; of one person alone with `ownerKey`.
   */
  readonly recall?: { readonly since: Instant; readonly ownerKey?: string };
}

/**
 * What is owed by `until` in a territory, the owners one after the other: an action that goes on, or that stood in the plan
 * when the structure accepted it; in an accompaniment that neither sleeps nor has ended; by somebody who is still in the
 * circle.
 */
export async function owedActions(
  tx: Tx,
  { territoryId, until, limit, mine, recall }: OwedSearch
): Promise<OwedAction[]> {
  const { rows } = await sql<OwedAction>`
    with owed as (
      select action.id, action.what, action.due_on, action.dossier_id, dossier.title, member.id as member_id,
        coalesce(member.account_id, person.account_id) as account_id, member.person_id, person.email as person_email
      from plan_action action
        join dossier on dossier.id = action.dossier_id
        join dossier_member member on member.id = action.owner_member_id
        left join person on person.id = member.person_id
      where action.territory_id = ${territoryId} and action.due_on <= ${until}::date
        and dossier.state = any(${[...PROMISING_STATES]}::text[]) and member.left_at is null
          ${mine ? sql`and member.account_id = ${mine}` : sql``}
        and (action.state in ('under-way', 'blocked') or action.state = 'proposed' and action.written_at <= (
          select max(move.moved_at) from dossier_move move
          where move.dossier_id = dossier.id and move.move = 'accept-plan')))
    select owed.id, owed.what, owed.due_on::text as "dueOn", owed.dossier_id as "dossierId", owed.title as "dossierTitle",
      owed.member_id as "memberId", coalesce(owed.account_id, owed.person_id)::text as "ownerKey",
      owed.account_id as "accountId", coalesce(account.email, owed.person_email) as email,
      coalesce(account.language, 'fr') as language
    from owed left join account on account.id = owed.account_id
    where account.suspended_at is null ${recall ? mayBeRecalled(recall) : sql``}
    order by "ownerKey", owed.due_on, owed.id limit ${limit}`.execute(tx);
  return rows;
}

function mayBeRecalled({ since, ownerKey }: NonNullable<OwedSearch['recall']>): RawBuilder<unknown> {
  const owner = sql`coalesce(owed.account_id, owed.person_id)`;
  return sql`and coalesce(account.email, owed.person_email) is not null
    ${ownerKey ? sql`and ${owner} = ${ownerKey}::uuid` : sql``}
    and (select count(*) from plan_reminder r where r.action_id = owed.id and r.due_on = owed.due_on) < ${REMINDERS_MAX_COUNT}
    and not exists (select from plan_reminder r join dossier_member m on m.id = r.member_id
      left join person p on p.id = m.person_id
      where r.sent_at > ${since} and coalesce(m.account_id, p.account_id, m.person_id) = ${owner})`;
}
