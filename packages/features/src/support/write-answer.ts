import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { AnswerWay, AppointmentAnswer } from './appointment-answer.rules.ts';
import { cannotComeMail } from './appointment-mails.ts';
import type { AppointmentRow } from './appointment-rows.ts';
import { dossierLink, type AppointmentDesk } from './tell-appointment.ts';

export interface GivenAnswer {
  /** Whose answer it is. */
  readonly participantId: Id;
  /** What they had said before. */
  readonly before: AppointmentAnswer | null;
  readonly answer: AppointmentAnswer;
  readonly through: AnswerWay;
}

/**
 * Writes what somebody who is invited said. A new "no" is told to those who accompany and come, and to whoever planned:
 * nobody waits for somebody who said no. With the platform's rights: an observer, or somebody without an account,
 * answers as well.
 */
export async function writeAnswer(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  desk: AppointmentDesk,
  appointment: AppointmentRow,
  { participantId, before, answer, through }: GivenAnswer
): Promise<void> {
  await tx
    .updateTable('appointment_participant')
    .set({ answer, answered_at: ctx.now, answered_by: ctx.actor.accountId, answered_through: through })
    .where('id', '=', participantId)
    .where('appointment_id', '=', appointment.id)
    .execute();
  if (answer !== 'no' || before === 'no') return;
  for (const { id, email, language } of await waiting(tx, ctx, appointment, participantId)) {
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId: desk.territory.id,
      template: 'appointment-answered-no',
      foot: { kind: 'appointments', language, origin: desk.origin },
      ...cannotComeMail(language, {
        territory: desk.territory.name,
        startsAt: appointment.startsAt,
        timeZone: desk.territory.timeZone,
        link: dossierLink(desk, appointment.dossierId)
      })
    });
  }
}

/** Those who would wait: never whoever types the answer, nor whose answer it is. */
async function waiting(tx: Tx, ctx: Context, appointment: AppointmentRow, exceptParticipantId: Id) {
  return tx
    .selectFrom('appointment_participant as participant')
    .innerJoin('appointment', 'appointment.id', 'participant.appointment_id')
    .innerJoin('dossier_member as member', 'member.id', 'participant.member_id')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['account.id', 'account.email', 'account.language'])
    .where('appointment.id', '=', appointment.id)
    .where('participant.id', '!=', exceptParticipantId)
    .where('member.left_at', 'is', null)
    .where('account.suspended_at', 'is', null)
    .where('account.id', 'is distinct from', ctx.actor.accountId)
    .where((either) =>
      either.or([
        either('member.role', '=', 'facilitator'),
        either('appointment.made_by', '=', either.ref('account.id'))
      ])
    )
    .orderBy('account.id')
    .execute();
}
