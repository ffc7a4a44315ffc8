import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import { DOSSIER_CONSENT_PURPOSE, DOSSIER_CONSENT_VERSION } from '../support/circle-person.ts';
import content from './dossiers.json' with { type: 'json' };

export interface DossierSeed {
  readonly territoryId: Id;
  readonly organizations: ReadonlyMap<string, Id>;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

interface DemonstrationDossier {
  /** Key of the account that accompanies it. */
  readonly by: string;
  readonly title: string;
  readonly organization?: string;
  /** Key of an account, or the first name of somebody without one. */
  readonly carrier?: string;
  readonly name?: string;
  readonly state: string;
  /** What a pause interrupts; once it is under way unless said. */
  readonly pausedFrom?: string;
  readonly step: number;
  /** How long ago it was opened, and in how many days the next contact is. */
  readonly days: number;
  readonly next: number | null;
  readonly notes: number;
}

/** Numbers that the regulator keeps for fiction: 06 39 98 then four figures. */
const FICTION_PHONE = '+33639982';
/** Nothing is said to have happened in the last day. */
const LATEST_DAYS_AGO = 1;

/** Forty dossiers of six facilitators, in every state and of every age, with a year of notes. */
export async function insertDossiers(tx: Tx, ctx: Context, seed: DossierSeed): Promise<void> {
  for (const [position, dossier] of (content.dossiers as readonly DemonstrationDossier[]).entries()) {
    await insertDossier(tx, ctx, seed, dossier, position);
  }
}

async function insertDossier(
  tx: Tx,
  ctx: Context,
  seed: DossierSeed,
  dossier: DemonstrationDossier,
  position: number
): Promise<void> {
  const { territoryId } = seed;
  const openedAt = plusDays(ctx.now, -dossier.days);
  const today = localDate(ctx.now, seed.timeZone);
  const facilitator = seed.accounts.get(dossier.by)!;
  const states = statesOf(dossier);
  const id = newId(openedAt.getTime());
  const movedAt = (index: number) =>
    plusDays(openedAt, Math.floor((index * (dossier.days - LATEST_DAYS_AGO)) / Math.max(1, states.length)));
  const closed = states.indexOf('closed');
  await tx
    .insertInto('dossier')
    .values({
      id,
      territory_id: territoryId,
      kind: dossier.organization ? 'organization' : 'project',
      organization_id: dossier.organization ? seed.organizations.get(dossier.organization)! : null,
      title: dossier.title,
      state: dossier.state,
      paused_from: dossier.state === 'paused' ? states.at(-2)! : null,
      state_changed_at: movedAt(states.length - 1),
      step: dossier.step,
      next_contact_on: dossier.next === null ? null : plusLocalDays(today, dossier.next),
      version: states.length,
      opened_by: facilitator,
      opened_at: openedAt,
      closed_at: closed < 0 ? null : movedAt(closed),
      updated_at: ctx.now
    })
    .execute();
  const carrier = await insertCircle(tx, seed, dossier, { id, openedAt, facilitator, position });
  await insertMoves(tx, territoryId, id, states, facilitator, movedAt);
  await insertNotes(tx, ctx, seed, dossier, { id, openedAt, facilitator, carrier, position });
}

/** The states that it went through. */
function statesOf({ state, pausedFrom }: DemonstrationDossier): readonly string[] {
  const all = content.states as Readonly<Record<string, readonly string[]>>;
  return pausedFrom ? [...all[pausedFrom]!, state] : all[state]!;
}

interface Opened {
  readonly id: Id;
  readonly openedAt: Date;
  readonly facilitator: Id;
  readonly position: number;
}

/** Gives the place in the circle of whoever carries the project. */
async function insertCircle(
  tx: Tx,
  { territoryId, accounts }: DossierSeed,
  dossier: DemonstrationDossier,
  { id, openedAt, facilitator, position }: Opened
): Promise<Id> {
  const place = { dossier_id: id, territory_id: territoryId, added_by: facilitator, joined_at: openedAt };
  await tx
    .insertInto('dossier_member')
    .values({ ...place, role: 'facilitator', account_id: facilitator })
    .execute();
  const person = dossier.carrier
    ? null
    : await tx
        .insertInto('person')
        .values({
          territory_id: territoryId,
          display_name: dossier.name!,
          phone: `${FICTION_PHONE}${String(100 + position)}`,
          entered_by: facilitator,
          created_at: openedAt
        })
        .returning('id')
        .executeTakeFirstOrThrow();
  const carrier = await tx
    .insertInto('dossier_member')
    .values({
      ...place,
      role: 'carrier',
      person_id: person?.id ?? null,
      account_id: dossier.carrier ? accounts.get(dossier.carrier)! : null
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (person) {
    await tx
      .insertInto('consent')
      .values({
        person_id: person.id,
        territory_id: territoryId,
        purpose: DOSSIER_CONSENT_PURPOSE,
        text_version: DOSSIER_CONSENT_VERSION,
        channel: 'oral',
        recorded_by: facilitator,
        given_at: openedAt
      })
      .execute();
  }
  return carrier.id;
}

/** What each state was reached by. */
const MOVE_TO: Readonly<Record<string, string>> = {
  orienting: 'orient',
  redirected: 'redirect',
  accepted: 'accept',
  diagnosis: 'start-diagnosis',
  'plan-proposed': 'propose-plan',
  'plan-accepted': 'accept-plan',
  'under-way': 'start',
  paused: 'pause',
  review: 'review',
  closed: 'close',
  'check-up-12': 'check-up-12',
  'check-up-24': 'check-up-24',
  interrupted: 'interrupt'
};

/** What was said of a move that says why. */
const MOVE_NOTES: Readonly<Record<string, string>> = {
  redirected: 'La Maison des associations répond mieux à ce besoin.',
  paused: 'L’équipe n’est pas au complet. On reprend ensemble à la date convenue.'
};

async function insertMoves(
  tx: Tx,
  territoryId: Id,
  dossierId: Id,
  states: readonly string[],
  facilitator: Id,
  movedAt: (index: number) => Date
): Promise<void> {
  await tx
    .insertInto('dossier_move')
    .values(
      states.map((state, index) => ({
        dossier_id: dossierId,
        territory_id: territoryId,
        move: MOVE_TO[state]!,
        from_state: states[index - 1] ?? 'requested',
        to_state: state,
        reason: state === 'interrupted' ? 'carrier-choice' : null,
        note: MOVE_NOTES[state] ?? null,
        moved_by: facilitator,
        moved_as: 'facilitator',
        moved_at: movedAt(index)
      }))
    )
    .execute();
}

async function insertNotes(
  tx: Tx,
  ctx: Context,
  { territoryId, timeZone }: DossierSeed,
  dossier: DemonstrationDossier,
  { id, openedAt, facilitator, carrier, position }: Opened & { readonly carrier: Id }
): Promise<void> {
  for (let index = 0; index < dossier.notes; index += 1) {
    const sample = content.notes[(position + index) % content.notes.length]!;
    const ago = Math.floor(((dossier.notes - index) * (dossier.days - LATEST_DAYS_AGO)) / dossier.notes);
    const writtenAt = plusDays(ctx.now, -Math.max(LATEST_DAYS_AGO, ago));
    const noteId = newId(Math.max(writtenAt.getTime(), openedAt.getTime()));
    await tx
      .insertInto('note')
      .values({
        id: noteId,
        dossier_id: id,
        territory_id: territoryId,
        client_id: newId(),
        happened_on: localDate(writtenAt, timeZone),
        minutes: sample.minutes,
        kind: sample.kind,
        place: sample.place ?? null,
        done: sample.done,
        decided: sample.decided ?? null,
        to_do: sample.toDo ?? null,
        written_by: facilitator,
        written_at: writtenAt,
        received_at: writtenAt,
        was_offline: sample.kind === 'visit'
      })
      .execute();
    await tx
      .insertInto('note_participant')
      .values({ note_id: noteId, dossier_id: id, territory_id: territoryId, member_id: carrier })
      .execute();
  }
}
