import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { instantAt, localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { exportPerson } from '../trust/export-person.command.ts';
import { answerAppointment } from './answer-appointment.command.ts';
import { answerByLink } from './answer-by-link.command.ts';
import type { AppointmentAnswer } from './appointment-answer.rules.ts';
import { eventIn, mailsTo, move, ORIGIN, peopleOf, placeOf, plan } from './appointments.fixtures.ts';
import { findAppointmentAnswers } from './find-appointment-answers.query.ts';
import { findByAnswerLink } from './find-by-answer-link.query.ts';
import { listAppointments } from './list-appointments.query.ts';
import { remindAppointments } from './remind-appointments.command.ts';
import { aDossier, inCircle, inDays, type Accompanied } from './support.fixtures.ts';

const engine = await testDatabase();
const PARIS = 'Europe/Paris';

/** What each person of the circle said of an appointment, as `who` reads it. */
async function answersOf(who: Context, dossier: Accompanied, appointmentId: string) {
  const found = (await findAppointmentAnswers(who, { ...placeOf(dossier), appointmentId }))!;
  return found.people.map(({ name, answer, answeredThrough }) => [name, answer, answeredThrough]);
}

/** `who` says for the place `member`, of what is planned now, or of the hour given. */
async function say(
  who: Context,
  dossier: Accompanied,
  appointmentId: string,
  member: string,
  answer: AppointmentAnswer,
  startsAt = instantAt(inDays(5), '09:00', PARIS)
) {
  const fields = { member, answer, startsAt: startsAt.toISOString() };
  return answerAppointment(who, { ...placeOf(dossier), appointmentId, fields, origin: ORIGIN });
}

/** Their place in the circle. */
async function seatOf(who: Context, dossier: Accompanied): Promise<string> {
  const row = await reading(who, (tx) =>
    tx
      .selectFrom('dossier_member')
      .select('id')
      .where('dossier_id', '=', dossier.dossierId)
      .where('account_id', '=', who.actor.accountId)
      .executeTakeFirstOrThrow()
  );
  return row.id;
}

/** The signed end of the link in the last mail about an appointment at this address. */
async function linkSentTo(address: string): Promise<string> {
  const row = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .select('body_text')
      .where('recipient', '=', address)
      .where('template', 'like', 'appointment-%')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  );
  return /https:\/\/terreau\.example\/appointments\/(\S+)/.exec(row.body_text)![1]!;
}

test('each says whether they come; what was said on the telephone is typed by whoever accompanies; the circle sees who said what', async () => {
  const dossier = await aDossier(engine);
  const { facilitator } = dossier;
  const carrier = await inCircle(engine, dossier, 'carrier');
  const observer = await inCircle(engine, dossier, 'observer');
  const nadia = (await peopleOf(facilitator, dossier)).find(({ name }) => name === 'Nadia')!;
  const id = must(await plan(facilitator, dossier));
  // Whoever plans and comes has said yes; nobody else is spoken for.
  const before = await answersOf(carrier, dossier, id);
  expect(before.map(([, answer]) => answer)).toEqual(['yes', null, null, null]);
  must(await say(carrier, dossier, id, await seatOf(carrier, dossier), 'perhaps'));
  must(await say(observer, dossier, id, await seatOf(observer, dossier), 'no'));
  must(await say(facilitator, dossier, id, nadia.id, 'yes'));
  expect((await answersOf(observer, dossier, id)).map(([, ...said]) => said)).toEqual([
    ['yes', 'page'],
    ['yes', 'aloud'],
    ['perhaps', 'page'],
    ['no', 'page']
  ]);
  expect((await listAppointments(carrier, placeOf(dossier)))?.open[0]?.ownPlace).toMatchObject({ answer: 'perhaps' });
  // Nobody but whoever accompanies speaks for another, and nobody outside of the circle at all.
  expect(await say(carrier, dossier, id, nadia.id, 'no')).toMatchObject({ code: 'not-found' });
  const stranger = contextFor(engine);
  expect(await say(stranger, dossier, id, nadia.id, 'no')).toMatchObject({ code: 'not-found' });
  expect(await findAppointmentAnswers(stranger, { ...placeOf(dossier), appointmentId: id })).toBeNull();
});

test('somebody without an account answers from their mail, sees no more than it said, and may change their mind until the hour', async () => {
  const dossier = await aDossier(engine, { email: 'nadia@example.org' });
  const { facilitator } = dossier;
  const id = must(await plan(facilitator, dossier, { agreed: '' }));
  const token = await linkSentTo('nadia@example.org');
  const visitor = contextFor(engine);
  const shown = (await findByAnswerLink(visitor, token))!;
  expect(shown).toMatchObject({ answer: null, mayAnswer: true, appointment: { place: 'Maison de l’accompagnement' } });
  expect(JSON.stringify(shown)).not.toMatch(/bail|atelier|Nadia/i);
  const startsAt = shown.appointment.startsAt.toISOString();
  const answer = (said: AppointmentAnswer, who = visitor, with_ = token) =>
    answerByLink(who, { token: with_, answer: said, startsAt, origin: ORIGIN });
  // Opening the link says nothing: only a press does.
  expect((await answersOf(facilitator, dossier, id))[1]).toEqual(['Nadia', null, null]);
  must(await answer('perhaps'));
  must(await answer('yes'));
  expect((await answersOf(facilitator, dossier, id))[1]).toEqual(['Nadia', 'yes', 'link']);
  // Altered, it is no link of ours.
  const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  expect(await answer('no', visitor, altered)).toMatchObject({ code: 'link-unknown' });
  expect(await findByAnswerLink(visitor, altered)).toBeNull();
  const late = { ...visitor, now: plusDays(visitor.now, 6) };
  expect(await answer('no', late)).toMatchObject({ code: 'answer-too-late' });
  expect(await findByAnswerLink(late, token)).toMatchObject({ mayAnswer: false });
  // Their file says what they answered.
  const person = await reading(facilitator, (tx) =>
    tx.selectFrom('person').select('id').where('email', '=', 'nadia@example.org').executeTakeFirstOrThrow()
  );
  const file = must(await exportPerson(facilitator, { territoryId: dossier.territoryId, personId: person.id }));
  expect(file.tables.find(({ table }) => table === 'appointment_participant')?.about).toMatchObject([
    { answer: 'yes', answered_through: 'link' }
  ]);
  // No longer invited, they are shown nothing.
  const [own] = await peopleOf(facilitator, dossier);
  must(await plan(facilitator, dossier, { members: [own!.id] }, id));
  expect(await findByAnswerLink(visitor, token)).toBeNull();
  expect(await answer('yes')).toMatchObject({ code: 'link-unknown' });
});

test('another hour asks everybody again, other words do not; calendars read what each said', async () => {
  const dossier = await aDossier(engine);
  const { facilitator } = dossier;
  const carrier = await inCircle(engine, dossier, 'carrier');
  const seat = await seatOf(carrier, dossier);
  const id = must(await plan(facilitator, dossier));
  must(await say(carrier, dossier, id, seat, 'yes'));
  must(await plan(facilitator, dossier, { about: 'Relire les statuts' }, id));
  const ofCarrier = async () => (await answersOf(facilitator, dossier, id)).at(-1)![1];
  expect(await ofCarrier()).toBe('yes');
  must(await plan(facilitator, dossier, { time: '10:00' }, id));
  expect(await ofCarrier()).toBeNull();
  const said = (await mailsTo(engine, carrier)).map(
    ({ calendar_text: text }) => (eventIn(text!).attendee as { params: Record<string, string> }).params['PARTSTAT']
  );
  expect(said).toEqual(['NEEDS-ACTION', 'ACCEPTED', 'NEEDS-ACTION']);
  // What was on the screen meanwhile is not what is planned: it is read again first.
  expect(await say(carrier, dossier, id, seat, 'yes')).toMatchObject({ code: 'appointment-changed' });
  must(await say(carrier, dossier, id, seat, 'no', instantAt(inDays(5), '10:00', PARIS)));
  must(await move(facilitator, dossier, id, 'cancel'));
  const startsAt = instantAt(inDays(5), '10:00', PARIS);
  expect(await say(carrier, dossier, id, seat, 'yes', startsAt)).toMatchObject({ code: 'answer-too-late' });
});

test('what is agreed with one person is their yes; with several, nobody’s', async () => {
  const dossier = await aDossier(engine);
  const { facilitator } = dossier;
  const alone = must(await plan(facilitator, dossier));
  expect(await answersOf(facilitator, dossier, alone)).toMatchObject([{}, ['Nadia', 'yes', 'aloud']]);
  const proposed = must(await plan(facilitator, dossier, { agreed: '', time: '14:00' }));
  expect(await answersOf(facilitator, dossier, proposed)).toMatchObject([{}, ['Nadia', null, null]]);
  await inCircle(engine, dossier, 'member');
  const several = must(await plan(facilitator, dossier, { time: '16:00' }));
  expect((await answersOf(facilitator, dossier, several)).map(([, answer]) => answer)).toEqual(['yes', null, null]);
});

test('a no is told once to whoever would wait, without a name; and whoever said no is not reminded', async () => {
  const dossier = await aDossier(engine, { phone: '06 00 00 00 09' });
  const { facilitator } = dossier;
  const carrier = await inCircle(engine, dossier, 'carrier');
  const nadia = (await peopleOf(facilitator, dossier)).find(({ name }) => name === 'Nadia')!;
  const id = must(await plan(facilitator, dossier, { smsTo: [nadia.id] }));
  const seat = await seatOf(carrier, dossier);
  must(await say(carrier, dossier, id, seat, 'no'));
  must(await say(carrier, dossier, id, seat, 'no'));
  const told = (await mailsTo(engine, facilitator)).filter(({ template }) => template === 'appointment-answered-no');
  expect(told).toHaveLength(1);
  expect(told[0]!.subject).toMatch(/^Une personne ne pourra pas venir : /);
  expect(told[0]!.body_text).not.toMatch(/atelier|bail|Nadia/i);
  expect((await mailsTo(engine, carrier)).map(({ template }) => template)).toEqual(['appointment-confirmed']);
  // Typed by the one who would wait, it is known already.
  must(await say(facilitator, dossier, id, nadia.id, 'no'));
  expect(await mailsTo(engine, facilitator)).toHaveLength(2);
  const dayBefore = instantAt(plusLocalDays(localDate(new Date(), PARIS), 4), '10:30', PARIS);
  must(await remindAppointments(operatorContext(engine, dayBefore), { origin: ORIGIN }));
  const sms = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .select('id')
      .where('channel', '=', 'sms')
      .where('territory_id', '=', dossier.territoryId)
      .execute()
  );
  expect(sms).toEqual([]);
});
