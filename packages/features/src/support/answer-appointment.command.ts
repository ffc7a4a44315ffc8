import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { checkAnswer, type AnswerRefusal } from './appointment-answer.rules.ts';
import { findAppointmentRow, participantsOf } from './appointment-rows.ts';
import type { AppointmentAnswerFields } from './appointment.schema.ts';
import { ownDossier } from './circle.ts';
import { maySpeakFor } from './support.policy.ts';
import { appointmentDesk } from './tell-appointment.ts';
import { writeAnswer } from './write-answer.ts';

export interface AnswerAppointmentRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly appointmentId: string;
  readonly fields: AppointmentAnswerFields;
  readonly origin: string;
}

/**
 * Whoever is invited says whether they come, even if they only read the dossier; whoever accompanies types what
 * somebody else said aloud.
 */
export async function answerAppointment(
  ctx: Context,
  { territoryId, dossierId, appointmentId, fields, origin }: AnswerAppointmentRequest
): Promise<Verdict<undefined, 'not-found' | AnswerRefusal>> {
  return transaction(
    ctx,
    'answer-appointment',
    async (tx, ledger): Promise<Verdict<undefined, 'not-found' | AnswerRefusal>> => {
      const own = await ownDossier(tx, ctx, territoryId, dossierId);
      if (!own?.isActive) return refuse('not-found');
      const isOwn = fields.member === own.memberId;
      if (!isOwn && !maySpeakFor(own.role)) return refuse('not-found');
      return asPlatform(tx, async (): Promise<Verdict<undefined, 'not-found' | AnswerRefusal>> => {
        const row = await findAppointmentRow(tx, own.row.id, appointmentId, 'lock');
        const people = row && (await participantsOf(tx, [row.id])).get(row.id);
        const participant = people?.find(({ memberId }) => memberId === fields.member);
        if (!row || !participant) return refuse('not-found');
        const checked = checkAnswer(row, fields.startsAt, ctx.now);
        if (!checked.ok) return checked;
        await writeAnswer(tx, ctx, ledger, await appointmentDesk(tx, territoryId, origin), row, {
          participantId: participant.id,
          before: participant.answer,
          answer: fields.answer,
          through: isOwn ? 'page' : 'aloud'
        });
        ledger.about('dossier', own.row.id, territoryId, { appointment: row.id, answer: fields.answer });
        return accept();
      });
    }
  );
}
