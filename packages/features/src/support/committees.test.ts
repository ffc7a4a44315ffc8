import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { instantAt } from '@terreau/kernel/instants';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, anAccount, must } from '../directory/directory.fixtures.ts';
import { addCommitteeTask } from './add-committee-task.command.ts';
import {
  checkCommitteeMove,
  COMMITTEE_MOVES,
  COMMITTEE_PHASES,
  COMMITTEE_PLACES,
  committeePhase,
  type CommitteeMove
} from './committee.rules.ts';
import {
  agendaItemSchema,
  committeeSchema,
  minutesSchema,
  opinionSchema,
  seatSchema,
  taskSchema
} from './committee.schema.ts';
import { findAgendaForm } from './find-agenda-form.query.ts';
import { findCommittee, listCommittees } from './find-committee.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { finishCommitteeTask } from './finish-committee-task.command.ts';
import { giveOpinion } from './give-opinion.command.ts';
import { listReads } from './list-reads.query.ts';
import { openCommittee } from './open-committee.command.ts';
import { aPlannedAction } from './plan.fixtures.ts';
import { putOnAgenda } from './put-on-agenda.command.ts';
import { seatInCommittee } from './seat-in-committee.command.ts';
import { aDossier, inCircle, inDays, typedNote } from './support.fixtures.ts';
import { takeOffAgenda } from './take-off-agenda.command.ts';
import { unseatFromCommittee } from './unseat-from-committee.command.ts';
import { writeMinutes } from './write-minutes.command.ts';
import { writeNote } from './write-note.command.ts';

const engine = await testDatabase();

/** Who may do what, and when, written again by hand. */
const RULES: Readonly<Record<CommitteeMove, { in: readonly string[]; by: readonly string[] }>> = {
  seat: { in: ['preparing', 'agenda', 'held'], by: ['organizer'] },
  'put-on-agenda': { in: ['preparing', 'agenda'], by: ['circle'] },
  'give-opinion': { in: ['agenda', 'held'], by: ['organizer', 'member'] },
  'write-minutes': { in: ['held'], by: ['organizer'] },
  'add-task': { in: ['held'], by: ['organizer'] },
  'finish-task': { in: ['held'], by: ['organizer', 'member'] }
};

test('every phase of a committee, every gesture, every place: what is written works, all else is refused', () => {
  let cells = 0;
  for (const phase of COMMITTEE_PHASES) {
    for (const move of COMMITTEE_MOVES) {
      for (const places of [[], ...COMMITTEE_PLACES.map((place) => [place])]) {
        cells += 1;
        const ok = RULES[move].in.includes(phase) && places.some((place) => RULES[move].by.includes(place));
        expect({ phase, move, places, ok: checkCommitteeMove(phase, places, move).ok }).toEqual({
          phase,
          move,
          places,
          ok
        });
      }
    }
  }
  console.log(`${cells} cells of phases, gestures and places`);
  const days = { agendaOn: '2026-03-02', heldOn: '2026-03-12' };
  expect(committeePhase(days, '2026-03-01')).toBe('preparing');
  expect(committeePhase(days, '2026-03-02')).toBe('agenda');
  expect(committeePhase(days, '2026-03-12')).toBe('held');
  expect(committeePhase(days, '2026-04-01')).toBe('held');
  expect(committeePhase(days, '2026-04-02')).toBe('shut');
});

async function aCommittee() {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const organizer = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  const fields = v.parse(committeeSchema, { agendaOn: inDays(5), heldOn: inDays(15), place: 'Mairie' });
  const committeeId = must(await openCommittee(organizer, { territoryId, fields }));
  const address = { territoryId, committeeId };
  const account = await anAccount(engine);
  await engine.db.updateTable('account').set({ email_verified: true }).where('id', '=', account.accountId!).execute();
  const seat = (ctx: Context) =>
    seatInCommittee(ctx, { ...address, fields: v.parse(seatSchema, { email: account.email, role: 'funder' }) });
  must(await seat(organizer));
  const { people } = (await findAgendaForm(carrier, accompanied))!;
  const own = people.find(({ isReader }) => isReader)!;
  const put = (ctx: Context, typed: Record<string, unknown> = {}) =>
    putOnAgenda(ctx, {
      territoryId,
      dossierId,
      fields: v.parse(agendaItemSchema, {
        committee: committeeId,
        consentedBy: own.id,
        consentedOn: inDays(0),
        channel: 'page',
        title: 'Un atelier de réparation',
        showsStep: 'yes',
        summary: 'Nous cherchons un avis sur le local.',
        ...typed
      })
    });
  return { accompanied, facilitator, carrier, organizer, member: contextFor(engine, account), address, put, seat };
}

/** The same person on another day, at noon. */
const on = (ctx: Context, days: number): Context => ({ ...ctx, now: instantAt(inDays(days), '12:00', 'Europe/Paris') });

test('a dossier is on the agenda only with the consent of somebody of the structure, dated, and what is shown', async () => {
  const { accompanied, facilitator, carrier, put } = await aCommittee();
  const { people } = (await findAgendaForm(facilitator, accompanied))!;
  expect(v.safeParse(agendaItemSchema, { summary: 'Sans accord' }).success).toBe(false);
  // Whoever accompanies does not agree in the structure's place on a page; they write down what was said aloud.
  expect(await put(facilitator)).toMatchObject({ code: 'consent-not-theirs' });
  expect(await put(carrier, { consentedOn: inDays(1) })).toMatchObject({ code: 'consent-later' });
  const sheet = (await findDossier(facilitator, accompanied.territoryId, accompanied.dossierId))!;
  const adviser = sheet.circle.find(({ role }) => role === 'facilitator')!;
  expect(await put(facilitator, { channel: 'oral', consentedBy: adviser.id })).toMatchObject({
    code: 'consent-not-theirs'
  });
  const observer = await inCircle(engine, accompanied, 'observer');
  expect(await put(observer)).toMatchObject({ code: 'not-found' });
  must(await put(facilitator, { channel: 'oral', consentedBy: people[0]!.id }));
  expect(await put(carrier)).toMatchObject({ code: 'on-agenda-already' });
});

test('members read what was consented and nothing else, from the day of the agenda until thirty days after', async () => {
  const { accompanied, facilitator, carrier, organizer, member, address, put } = await aCommittee();
  const { dossierId, territoryId } = accompanied;
  must(await put(carrier));
  must(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote({ done: 'canari' }) }));
  await aPlannedAction(accompanied);
  const titles = async (ctx: Context) => (await findCommittee(ctx, address))?.items.map(({ title }) => title) ?? null;
  expect(await titles(on(member, 4))).toBeNull();
  for (const day of [5, 15, 35]) expect(await titles(on(member, day))).toEqual(['Un atelier de réparation']);
  expect(await titles(on(member, 36))).toBeNull();
  expect(await titles(organizer)).toEqual(['Un atelier de réparation']);
  expect(await titles(on(organizer, 36))).toEqual([]);
  // The rest of the team sees a date, no agenda.
  expect(await titles(on(facilitator, 6))).toEqual([]);
  const stranger = (await aDossier(engine)).facilitator;
  expect(await titles(on(stranger, 6))).toBeNull();
  expect((await listCommittees(on(stranger, 6), territoryId)).committees).toEqual([]);

  // The tables themselves: the item, and no other row of the dossier.
  const seen = on(member, 6);
  expect(await findDossier(seen, territoryId, dossierId)).toBeNull();
  for (const table of ['dossier', 'note', 'plan_action', 'dossier_member', 'dossier_move', 'private_read'] as const) {
    const rows = await reading(seen, (tx) => tx.selectFrom(table).selectAll().execute());
    const others =
      table === 'private_read'
        ? rows.filter((row) => 'read_by' in row && row.read_by !== member.actor.accountId)
        : rows;
    expect({ table, rows: others }).toEqual({ table, rows: [] });
  }
  const items = async (ctx: Context) =>
    (await reading(ctx, (tx) => tx.selectFrom('committee_item').select('id').execute())).length;
  expect([await items(on(member, 4)), await items(on(member, 6)), await items(on(member, 36))]).toEqual([0, 1, 0]);
  // Each look is in the journal of the dossier.
  const reads = (await listReads(carrier, { territoryId, dossierId }))!.reads;
  expect(reads.filter(({ as }) => as === 'committee').length).toBeGreaterThanOrEqual(4);
});

test('opinions bind nobody, minutes and tasks come on the day, and the circle keeps them after the committee is shut', async () => {
  const { accompanied, carrier, organizer, member, address, put } = await aCommittee();
  const item = must(await put(carrier));
  const say = (ctx: Context, opinion: string) =>
    giveOpinion(ctx, { ...address, fields: v.parse(opinionSchema, { item, opinion }) });
  expect(await say(on(member, 4), 'Trop tôt')).toMatchObject({ code: 'not-found' });
  must(await say(on(member, 6), 'Un bon projet'));
  must(await say(on(member, 7), 'Un bon projet, avec un bail plus long'));
  expect(await say(on(carrier, 7), 'Merci')).toMatchObject({ code: 'not-found' });
  const write = (ctx: Context) =>
    writeMinutes(ctx, {
      ...address,
      fields: v.parse(minutesSchema, { item, minutes: 'Discuté', decision: 'Visiter le local' })
    });
  expect(await write(on(organizer, 14))).toMatchObject({ code: 'committee-not-now' });
  expect(await write(on(member, 15))).toMatchObject({ code: 'committee-not-yours' });
  must(await write(on(organizer, 15)));
  const task = v.parse(taskSchema, { item, what: 'Appeler le bailleur', who: 'La coordination', dueOn: inDays(30) });
  must(await addCommitteeTask(on(organizer, 15), { ...address, fields: task }));
  const [shown] = (await findCommittee(on(member, 16), address))!.items;
  expect(shown).toMatchObject({
    consentedBy: null,
    decision: 'Visiter le local',
    opinions: [{ opinion: 'Un bon projet, avec un bail plus long', isOwn: true }],
    tasks: [{ who: 'La coordination', doneAt: null }]
  });
  const finish = { ...address, itemId: item, taskId: shown!.tasks[0]!.id };
  must(await finishCommitteeTask(on(member, 17), finish));
  expect(await finishCommitteeTask(on(organizer, 36), finish)).toMatchObject({ code: 'committee-not-now' });
  const [kept] = (await findAgendaForm(on(carrier, 200), accompanied))!.items;
  expect(kept).toMatchObject({ minutes: 'Discuté', consentedBy: 'Camille', opinions: [{ by: 'Camille' }] });
});

test('a consent taken back hides the dossier at once; a seat that ends reads no more', async () => {
  const { accompanied, carrier, organizer, member, address, put, seat } = await aCommittee();
  const item = must(await put(carrier));
  must(await giveOpinion(on(member, 6), { ...address, fields: v.parse(opinionSchema, { item, opinion: 'Oui' }) }));
  must(await takeOffAgenda(carrier, { ...accompanied, itemId: item }));
  expect((await findCommittee(on(member, 6), address))!.items).toEqual([]);
  expect((await findCommittee(organizer, address))!.items).toEqual([]);
  const opinions = await reading(on(member, 6), (tx) => tx.selectFrom('committee_opinion').select('id').execute());
  expect(opinions).toEqual([]);
  must(await put(carrier));
  const { members } = (await findCommittee(organizer, address))!;
  expect(await seat(organizer)).toMatchObject({ code: 'seated-already' });
  must(await unseatFromCommittee(organizer, { ...address, memberId: members[0]!.id }));
  expect(await findCommittee(on(member, 6), address)).toBeNull();
  expect(await seat(member)).toMatchObject({ code: 'not-found' });
});

test('only the team opens a committee, with dates that follow each other', async () => {
  const { territoryId, facilitator } = await aDossier(engine);
  const open = (ctx: Context, agendaOn: string, heldOn: string) =>
    openCommittee(ctx, { territoryId, fields: v.parse(committeeSchema, { agendaOn, heldOn }) });
  const funder = contextFor(engine, await aStaffMember(engine, territoryId, 'funder'));
  expect(await open(funder, inDays(1), inDays(2))).toMatchObject({ code: 'not-found' });
  expect(await open(facilitator, inDays(-1), inDays(2))).toMatchObject({ code: 'agenda-past' });
  expect(await open(facilitator, inDays(3), inDays(2))).toMatchObject({ code: 'held-before-agenda' });
  expect(await open(facilitator, inDays(3), inDays(34))).toMatchObject({ code: 'held-too-late' });
  must(await open(facilitator, inDays(3), inDays(33)));
  expect((await listCommittees(facilitator, territoryId)).committees).toMatchObject([{ phase: 'preparing' }]);
  expect((await listCommittees(operatorContext(engine), territoryId)).mayOpen).toBe(false);
});
