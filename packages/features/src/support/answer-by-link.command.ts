import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { checkAnswer, type AnswerRefusal, type AppointmentAnswer } from './appointment-answer.rules.ts';
import { readAnswerLink } from './appointment-links.ts';
import { findAppointmentRow, findInvited } from './appointment-rows.ts';
import { appointmentDesk } from './tell-appointment.ts';
import { writeAnswer } from './write-answer.ts';

export interface AnswerByLinkRequest {
  /** The signed end of the link in the invitation. */
  readonly token: string;
  readonly answer: AppointmentAnswer;
  /** The hour that was shown, as an ISO instant. */
  readonly startsAt: string;
  readonly origin: string;
}

/** Somebody who is invited answers from their mail, without an account; until the hour comes, they may say otherwise. */
export async function answerByLink(
  ctx: Context,
  { token, answer, startsAt, origin }: AnswerByLinkRequest
): Promise<Verdict<undefined, 'link-unknown' | AnswerRefusal>> {
  return transaction(ctx, 'answer-appointment', (tx, ledger) =>
    asPlatform(tx, async (): Promise<Verdict<undefined, 'link-unknown' | AnswerRefusal>> => {
      const participantId = await readAnswerLink(tx, token);
      const invited = participantId && (await findInvited(tx, participantId));
      const row = invited && (await findAppointmentRow(tx, invited.dossierId, invited.appointmentId, 'lock'));
      if (!invited || !row) return refuse('link-unknown');
      const checked = checkAnswer(row, startsAt, ctx.now);
      if (!checked.ok) return checked;
      const { territoryId, answer: before } = invited;
      const desk = await appointmentDesk(tx, territoryId, origin);
      await writeAnswer(tx, ctx, ledger, desk, row, { participantId: invited.id, before, answer, through: 'link' });
      ledger.about('dossier', row.dossierId, territoryId, { appointment: row.id, answer });
      return accept();
    })
  );
}
