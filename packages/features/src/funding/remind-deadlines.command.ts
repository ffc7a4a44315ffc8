import type { Context } from '@terreau/database/context';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isPoliteTime } from '../orientation/request-delays.rules.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { deadlineMail } from './deadline-mails.ts';
import { REMINDED_BEFORE_DAYS, reminderDue, type DeadlineKind } from './deadlines.rules.ts';

/** Deadlines looked at in one pass over a territory; the next hour goes on. */
const PASS_MAX_ROWS = 2000;

/**
 * The round of deadlines, by the platform itself, each hour at which nobody is woken: whoever sees to one is told 21, 7
 * and 1 days before, once each; while nobody does, or they have no address, whoever accompanies. What is done is no longer
 * looked at, so that its reminders cancel themselves, and so does a mail that still waits to leave. Gives how many were
 * written.
 */
export async function remindDeadlines(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<number, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  let written = 0;
  for (const territoryId of await openTerritories(ctx)) {
    const place = await reading(ctx, (tx) => placeOfTerritory(tx, territoryId));
    if (!isPoliteTime(ctx.now, place)) continue;
    const today = localDate(ctx.now, place.timeZone);
    const told = await transaction(ctx, 'remind-deadlines', async (tx, ledger) => {
      const due = await dueDeadlines(tx, territoryId, today);
      for (const deadline of due) {
        const days = reminderDue(deadline.dueOn, today)!;
        const { language } = deadline;
        const link = `${origin}/${place.slug}/dossiers/${deadline.dossierId}/deadlines`;
        ledger.send({
          channel: 'mail',
          recipient: deadline.email,
          accountId: deadline.accountId,
          territoryId,
          template: 'deadline-reminder',
          onceKey: onceKeyOf(deadline, days),
          foot: { kind: 'deadlines', language, origin },
          ...deadlineMail(language, place.name, { ...deadline, link })
        });
        ledger.about('dossier', deadline.dossierId, territoryId, { deadline: deadline.id, days });
      }
      return due.length > 0 ? accept(due.length) : refuse('nothing-owed');
    });
    if (told.ok) written += told.value;
  }
  return accept(written);
}

interface DueDeadline {
  readonly id: Id;
  readonly dossierId: Id;
  readonly dossierTitle: string;
  readonly kind: DeadlineKind;
  readonly dueOn: LocalDate;
  readonly accountId: Id;
  readonly email: string;
  readonly language: string;
}

function onceKeyOf({ id, dueOn, accountId }: DueDeadline, days: number): string {
  return `deadline:${id}:${dueOn}:${days}:${accountId}`;
}

/** What is open and within three weeks, with who is told; what they were told already is left out. */
async function dueDeadlines(tx: Tx, territoryId: Id, today: LocalDate): Promise<DueDeadline[]> {
  const rows = await tx
    .selectFrom('dossier_deadline as deadline')
    .innerJoin('dossier', 'dossier.id', 'deadline.dossier_id')
    .innerJoin('dossier_member as member', 'member.dossier_id', 'deadline.dossier_id')
    .innerJoin('account', 'account.id', 'member.account_id')
    .leftJoin('dossier_member as responsible', (join) =>
      join.onRef('responsible.id', '=', 'deadline.member_id').on('responsible.left_at', 'is', null)
    )
    .select(['deadline.id', 'deadline.kind', 'deadline.due_on as dueOn'])
    .select(['dossier.id as dossierId', 'dossier.title as dossierTitle'])
    .select(['account.id as accountId', 'account.email', 'account.language'])
    .where('deadline.territory_id', '=', territoryId)
    .where('deadline.done_at', 'is', null)
    .where('deadline.due_on', '>=', today)
    .where('deadline.due_on', '<=', plusLocalDays(today, REMINDED_BEFORE_DAYS[0]))
    .where('dossier.state', 'not in', ['redirected', 'interrupted'])
    .where('member.left_at', 'is', null)
    .where((where) =>
      where.or([
        where('member.id', '=', where.ref('responsible.id')),
        where.and([where('responsible.account_id', 'is', null), where('member.role', '=', 'facilitator')])
      ])
    )
    .orderBy('deadline.due_on')
    .orderBy('deadline.id')
    .limit(PASS_MAX_ROWS)
    .execute();
  if (rows.length === 0) return [];
  const due = rows as unknown as DueDeadline[];
  const keys = due.map((deadline) => onceKeyOf(deadline, reminderDue(deadline.dueOn, today)!));
  const sent = await tx.selectFrom('outbox').select('once_key').where('once_key', 'in', keys).execute();
  const known = new Set(sent.map((message) => message.once_key));
  return due.filter((_, index) => !known.has(keys[index]!));
}

async function openTerritories(ctx: Context): Promise<Id[]> {
  const rows = await reading(ctx, (tx) =>
    tx.selectFrom('territory').select('id').where('closed_at', 'is', null).orderBy('id').execute()
  );
  return rows.map(({ id }) => id);
}
