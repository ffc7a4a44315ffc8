import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import { settingsInForce } from '../territories/read-settings.query.ts';
import type { SettingValues } from '../territories/settings.schema.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { mayBeAnswered, type AppointmentAnswer } from './appointment-answer.rules.ts';
import { readAnswerLink } from './appointment-links.ts';
import { findAppointmentRow, findInvited, type AppointmentRow } from './appointment-rows.ts';

/** An appointment as its invitation told it: when and where, never what it is about, nor who else comes. */
export interface LinkedAppointment {
  readonly territory: { readonly name: string; readonly timeZone: string };
  readonly contact: SettingValues['contact'];
  readonly appointment: Pick<AppointmentRow, 'startsAt' | 'minutes' | 'way' | 'place' | 'state'>;
  readonly answer: AppointmentAnswer | null;
  readonly answeredAt: Instant | null;
  readonly mayAnswer: boolean;
}

/**
 * What the link of an invitation shows; null when it is no link of ours, or they are no longer invited. It says no more
 * than the mail that holds it: the journal of the dossier does not count it, as mail scanners open links.
 */
export async function findByAnswerLink(ctx: Context, token: string): Promise<LinkedAppointment | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const participantId = await readAnswerLink(tx, token);
      const invited = participantId && (await findInvited(tx, participantId));
      const row = invited && (await findAppointmentRow(tx, invited.dossierId, invited.appointmentId));
      if (!invited || !row) return null;
      const territory = await tx
        .selectFrom('territory')
        .select(['name', 'time_zone as timeZone'])
        .where('id', '=', invited.territoryId)
        .executeTakeFirstOrThrow();
      const { contact } = await settingsInForce(tx, invited.territoryId);
      const { startsAt, minutes, way, place, state } = row;
      return {
        territory,
        contact,
        appointment: { startsAt, minutes, way, place, state },
        answer: invited.answer,
        answeredAt: invited.answeredAt,
        mayAnswer: mayBeAnswered(row, ctx.now)
      };
    })
  );
}
