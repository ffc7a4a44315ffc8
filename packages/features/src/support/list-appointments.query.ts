import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { mayBeAnswered } from './appointment-answer.rules.ts';
import { appointmentColumns, participantsOf, type AppointmentRow, type Participant } from './appointment-rows.ts';
import {
  appointmentMoves,
  OPEN_STATES,
  type AppointmentMove,
  type AppointmentState,
  type AppointmentWay
} from './appointment.rules.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { mayWrite } from './support.policy.ts';

/** Open appointments of one dossier that are shown; nobody plans that many. */
export const OPEN_APPOINTMENTS_ROWS = 30;
export const PAST_APPOINTMENTS_PAGE_ROWS = 20;

export interface ListedAppointment extends AppointmentRow {
  readonly people: readonly Participant[];
  /** What the reader may do with it now. */
  readonly moves: readonly AppointmentMove[];
  /** Its hour has come, and nobody has said what came of it. */
  readonly isToSettle: boolean;
  /** The place of the reader among those who may still answer; null when they are not invited, or it is too late. */
  readonly ownPlace: Participant | null;
}

export interface AppointmentPage {
  readonly head: DossierHead;
  readonly mayPlan: boolean;
  /** Still to come or to settle, the soonest first. */
  readonly open: readonly ListedAppointment[];
  /** What is over, the latest first. */
  readonly past: readonly ListedAppointment[];
  readonly next: string | null;
}

/** The appointments of a dossier, the look being written down; null for whoever is not of its circle. */
export async function listAppointments(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly after?: string | undefined }
): Promise<AppointmentPage | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'appointments' });
    const open = await openOnes(tx, own.row.id);
    const past = await pastOnes(tx, own.row.id, request.after);
    const shown = past.slice(0, PAST_APPOINTMENTS_PAGE_ROWS);
    const people = await participantsOf(
      tx,
      [...open, ...shown].map(({ id }) => id)
    );
    const isReader = ({ memberId }: Participant) => memberId === own.memberId;
    const isWriter = own.isActive && mayWrite(own.role);
    const listed = (row: AppointmentRow): ListedAppointment => ({
      ...row,
      people: people.get(row.id) ?? [],
      ownPlace: (own.isActive && mayBeAnswered(row, ctx.now) && people.get(row.id)?.find(isReader)) || null,
      moves: isWriter ? appointmentMoves(row, own.role, ctx.now) : [],
      isToSettle: OPEN_STATES.includes(row.state) && row.startsAt <= ctx.now
    });
    const last = shown.at(-1);
    return {
      head: headOf(own),
      mayPlan: isWriter,
      open: open.map(listed),
      past: shown.map(listed),
      next: past.length > PAST_APPOINTMENTS_PAGE_ROWS && last ? `${last.startsAt.toISOString()}_${last.id}` : null
    };
  });
}

async function openOnes(tx: Tx, dossierId: Id): Promise<AppointmentRow[]> {
  const rows = await tx
    .selectFrom('appointment')
    .select(appointmentColumns)
    .where('dossier_id', '=', dossierId)
    .where('state', 'in', [...OPEN_STATES])
    .orderBy('starts_at')
    .orderBy('id')
    .limit(OPEN_APPOINTMENTS_ROWS)
    .execute();
  return rows.map(named);
}

async function pastOnes(tx: Tx, dossierId: Id, after: string | undefined): Promise<AppointmentRow[]> {
  const [at, id] = after?.split('_') ?? [];
  const isAfter = isId(id) && !Number.isNaN(Date.parse(at ?? ''));
  const rows = await tx
    .selectFrom('appointment')
    .select(appointmentColumns)
    .where('dossier_id', '=', dossierId)
    .where('state', 'not in', [...OPEN_STATES])
    .$if(isAfter, (query) =>
      query.where((where) =>
        where(where.refTuple('starts_at', 'id'), '<', where.tuple(where.val(new Date(at!)), where.val(id!)))
      )
    )
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAST_APPOINTMENTS_PAGE_ROWS + 1)
    .execute();
  return rows.map(named);
}

function named(row: { readonly way: string; readonly state: string } & Omit<AppointmentRow, 'way' | 'state'>) {
  return { ...row, way: row.way as AppointmentWay, state: row.state as AppointmentState };
}
