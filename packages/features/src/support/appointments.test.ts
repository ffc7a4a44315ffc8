import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '@terreau/database/context';
import { deliverDue, folderCarrier } from '@terreau/database/deliver';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { instantAt, localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import ical, { type VEvent } from 'node-ical';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { ownWeek } from '../orientation/own-week.query.ts';
import { appointmentMoveSchema, appointmentSchema } from './appointment.schema.ts';
import { findAppointmentForm } from './find-appointment.query.ts';
import { findAppointmentSlip } from './find-appointment-slip.query.ts';
import { findCalendarLink } from './find-calendar-link.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { findNoteForm } from './find-note-form.query.ts';
import { listAppointments } from './list-appointments.query.ts';
import { listReads } from './list-reads.query.ts';
import { makeCalendarLink } from './make-calendar-link.command.ts';
import { moveAppointment } from './move-appointment.command.ts';
import { readCalendar } from './read-calendar.query.ts';
import { remindAppointments } from './remind-appointments.command.ts';
import { revokeCalendarLink } from './revoke-calendar-link.command.ts';
import { saveAppointment } from './save-appointment.command.ts';
import { aDossier, inCircle, inDays, type Accompanied } from './support.fixtures.ts';

const engine = await testDatabase();
const origin = 'https://terreau.example';
const PARIS = 'Europe/Paris';
const folder = await mkdtemp(join(tmpdir(), 'terreau-invitations-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const typed = (fields: Record<string, unknown> = {}) =>
  v.parse(appointmentSchema, {
    date: inDays(5),
    time: '09:00',
    minutes: '1h',
    way: 'place',
    place: 'Maison de l’accompagnement',
    about: 'Relire le bail',
    agreed: 'yes',
    ...fields
  });

const place = ({ territoryId, dossierId }: Accompanied) => ({ territoryId, dossierId });

async function peopleOf(who: Context, dossier: Accompanied) {
  return (await findAppointmentForm(who, { ...place(dossier), appointmentId: null }))!.people;
}

/** Plans, or changes, an appointment to which everybody of the circle comes unless `members` says who. */
async function plan(
  who: Context,
  dossier: Accompanied,
  fields: Record<string, unknown> = {},
  appointmentId: string | null = null
) {
  const people = await peopleOf(dossier.facilitator, dossier);
  const members = fields['members'] ?? people.map(({ id }) => id);
  return saveAppointment(who, { ...place(dossier), appointmentId, fields: typed({ ...fields, members }), origin });
}

function move(who: Context, dossier: Accompanied, appointment: string, what: string) {
  const fields = v.parse(appointmentMoveSchema, { appointment, move: what });
  return moveAppointment(who, { ...place(dossier), fields, origin });
}

function mailsTo(ctx: Context) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .selectAll()
      .where('account_id', '=', ctx.actor.accountId)
      .where('template', 'like', 'appointment-%')
      .orderBy('id')
      .execute()
  );
}

const eventIn = (text: string) =>
  Object.values(ical.sync.parseICS(text)).find((one) => one?.type === 'VEVENT') as VEvent;

test('who comes and has an account gets an invitation that follows each change, and no word of what it is about', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const { facilitator } = dossier;
  const id = must(await plan(facilitator, dossier));
  must(await plan(facilitator, dossier, { date: inDays(6), time: '14:30' }, id));
  must(await move(carrier, dossier, id, 'cancel'));
  const mails = await mailsTo(carrier);
  expect(mails.map(({ calendar_method: method }) => method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
  const events = mails.map((mail) => eventIn(mail.calendar_text!));
  expect(events.map(({ uid }) => uid)).toEqual(Array(3).fill(`${id}@terreau.example`));
  expect(events.map(({ sequence }) => Number(sequence))).toEqual([0, 1, 2]);
  expect(events.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
  expect(events[1]!.start.toISOString()).toBe(instantAt(inDays(6), '14:30', PARIS).toISOString());
  expect(mails.map(({ subject }) => subject!.split(' : ')[0])).toEqual([
    'Rendez-vous',
    'Rendez-vous modifié',
    'Rendez-vous annulé'
  ]);
  for (const mail of mails) {
    expect(mail.body_text + mail.calendar_text).not.toMatch(/bail|atelier/i);
    expect(mail.body_text).toContain('Ne répondez pas à ce courriel');
  }
  // Each sees their own address alone.
  expect(mails[0]!.calendar_text!.match(/ATTENDEE/g)).toHaveLength(1);
  expect(await mailsTo(facilitator)).toHaveLength(3);
});

test('an invitation leaves as another way to read the mail, and as a file', async () => {
  const dossier = await aDossier(engine);
  must(await plan(dossier.facilitator, dossier, { time: '10:00' }));
  const carriers = {
    mail: folderCarrier(folder, 'Terreau <ne-pas-repondre@terreau.example>'),
    sms: async () => undefined
  };
  while ((await deliverDue(engine, carriers, plusDays(new Date(), 1))).sent > 0);
  const [mail] = await mailsTo(dossier.facilitator);
  expect(await readdir(folder)).toContain(`${mail!.id}.eml`);
  const letter = await readFile(join(folder, `${mail!.id}.eml`), 'utf8');
  expect(letter).toMatch(/multipart\/alternative/);
  expect(letter).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  expect(letter).toMatch(/Content-Type: application\/ics; name=rendez-vous\.ics/);
  const encoded = /method=REQUEST\r?\nContent-Transfer-Encoding: (\S+)\r?\n\r?\n([\s\S]*?)\r?\n--/.exec(letter)!;
  const text =
    encoded[1] === 'base64'
      ? Buffer.from(encoded[2]!, 'base64').toString()
      : encoded[2]!
          .replaceAll(/=\r?\n/g, '')
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  expect(text.replaceAll('\r\n', '\n')).toContain('BEGIN:VCALENDAR\nVERSION:2.0\n');
  expect(text.replaceAll('\r\n', '\n')).toContain('METHOD:REQUEST');
});

test('whoever no longer comes gets a cancellation, whoever still does a change', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const id = must(await plan(dossier.facilitator, dossier));
  const people = await peopleOf(dossier.facilitator, dossier);
  const own = people.filter(({ hasAccount }) => hasAccount)[0]!;
  must(await plan(dossier.facilitator, dossier, { members: [own.id] }, id));
  expect((await mailsTo(carrier)).map(({ calendar_method: method }) => method)).toEqual(['REQUEST', 'CANCEL']);
  expect((await mailsTo(dossier.facilitator)).map(({ calendar_method: method }) => method)).toEqual([
    'REQUEST',
    'REQUEST'
  ]);
});

test('the structure proposes, whoever accompanies confirms; nobody outside of the circle sees or plans anything', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const observer = await inCircle(engine, dossier, 'observer');
  const id = must(await plan(carrier, dossier));
  const list = (who: Context) => listAppointments(who, place(dossier));
  expect((await list(carrier))?.open).toMatchObject([{ id, state: 'proposed', about: 'Relire le bail' }]);
  expect(eventIn((await mailsTo(carrier))[0]!.calendar_text!).status).toBe('TENTATIVE');
  expect(must(await move(dossier.facilitator, dossier, id, 'confirm'))).toBe('confirmed');
  expect((await list(observer))?.open[0]).toMatchObject({ state: 'confirmed', moves: [] });
  expect(await plan(observer, dossier)).toMatchObject({ code: 'not-found' });
  const stranger = contextFor(engine, await aStaffMember(engine, dossier.territoryId));
  expect(await list(stranger)).toBeNull();
  expect(await plan(stranger, dossier)).toMatchObject({ code: 'not-found' });
  expect(await move(stranger, dossier, id, 'cancel')).toMatchObject({ code: 'not-found' });
  expect(await findAppointmentSlip(stranger, { ...place(dossier), appointmentId: id })).toBeNull();
  expect(await reading(stranger, (tx) => tx.selectFrom('appointment').select('id').execute())).toEqual([]);
});

test('an appointment that is not ahead, that nobody comes to, or that meets another of one’s own is not planned unseen', async () => {
  const dossier = await aDossier(engine);
  const { facilitator, territoryId } = dossier;
  expect(await plan(facilitator, dossier, { date: inDays(-1) })).toMatchObject({ code: 'appointment-past' });
  expect(await plan(facilitator, dossier, { date: inDays(800) })).toMatchObject({ code: 'appointment-too-far' });
  expect(await plan(facilitator, dossier, { members: [] })).toMatchObject({ code: 'nobody-invited' });
  const id = must(await plan(facilitator, dossier));
  expect(await plan(facilitator, dossier, { time: '09:59' })).toMatchObject({ code: 'appointment-conflict' });
  expect(await plan(facilitator, dossier, { time: '08:30' })).toMatchObject({ code: 'appointment-conflict' });
  must(await plan(facilitator, dossier, { time: '10:00' }));
  must(await plan(facilitator, dossier, { time: '08:00' }));
  must(await plan(facilitator, dossier, { time: '09:30', despite: 'yes' }));
  // Changing it does not make it meet itself, and what was called off is in nobody's way.
  must(await move(facilitator, dossier, id, 'cancel'));
  expect(await plan(facilitator, dossier, {}, id)).toMatchObject({ code: 'appointment-over' });
  // A colleague's hours are nobody else's business.
  const elsewhere = await aDossier(engine);
  must(await plan(elsewhere.facilitator, elsewhere));
  expect(territoryId).not.toBe(elsewhere.territoryId);
});

test('what came of it is said once its hour has come, by those who advise; calendars are no longer told', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const id = must(await plan(dossier.facilitator, dossier));
  const after = { ...dossier.facilitator, now: plusDays(dossier.facilitator.now, 6) };
  expect(await move(dossier.facilitator, dossier, id, 'seen')).toMatchObject({ code: 'appointment-to-come' });
  expect(await move({ ...carrier, now: after.now }, dossier, id, 'seen')).toMatchObject({ code: 'move-not-yours' });
  expect((await listAppointments(after, place(dossier)))?.open[0]).toMatchObject({ isToSettle: true });
  const told = (await mailsTo(carrier)).length;
  expect(must(await move(after, dossier, id, 'seen'))).toBe('seen');
  expect(await move(after, dossier, id, 'missed')).toMatchObject({ code: 'appointment-over' });
  // The note that tells of it knows already when, how long, where and with whom.
  const { copied } = (await findNoteForm(after, { ...place(dossier), appointment: id }))!;
  expect(copied).toMatchObject({
    happenedOn: inDays(5),
    minutes: 60,
    kind: 'meeting',
    place: 'Maison de l’accompagnement'
  });
  expect(copied?.members).toHaveLength(3);
  expect(await mailsTo(carrier)).toHaveLength(told);
  const page = await listAppointments(after, place(dossier));
  expect({ open: page?.open.length, past: page?.past.map(({ state }) => state) }).toEqual({ open: 0, past: ['seen'] });
});

test('an appointment becomes the next contact where none was planned before it', async () => {
  const dossier = await aDossier(engine, { nextContactOn: inDays(7) });
  const { facilitator } = dossier;
  const contact = async () => (await findDossier(facilitator, dossier.territoryId, dossier.dossierId))!.nextContactOn;
  must(await plan(facilitator, dossier, { date: inDays(9) }));
  expect(await contact()).toBe(inDays(7));
  must(await plan(facilitator, dossier, { date: inDays(4) }));
  expect(await contact()).toBe(inDays(4));
  const late = { ...facilitator, now: plusDays(facilitator.now, 5) };
  must(await plan(late, dossier, { date: inDays(12) }));
  expect(await contact()).toBe(inDays(12));
});

test('my week shows the next appointment with its hour, in whichever dossier it is', async () => {
  const dossier = await aDossier(engine);
  const { facilitator, territoryId } = dossier;
  must(await plan(facilitator, dossier, { date: inDays(8) }));
  must(await plan(facilitator, dossier, { date: inDays(3), time: '11:15' }));
  const week = await ownWeek(facilitator, territoryId, PARIS);
  expect(week?.meeting).toMatchObject({ on: inDays(3), time: '11:15', dossierId: dossier.dossierId });
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  expect((await ownWeek(colleague, territoryId, PARIS))?.meeting).toBeNull();
});

test('whoever said yes is reminded by text message the day before, once; what was called off or put to sleep is not', async () => {
  const dossier = await aDossier(engine, { phone: '06 00 00 00 07' });
  const { facilitator } = dossier;
  const nadia = (await peopleOf(facilitator, dossier)).find(({ hasMobile }) => hasMobile)!;
  expect(nadia.name).toBe('Nadia');
  const kept = { date: inDays(5), smsTo: [nadia.id] };
  const id = must(await plan(facilitator, dossier, kept));
  const calledOff = must(await plan(facilitator, dossier, { ...kept, time: '16:00' }));
  must(await plan(facilitator, dossier, { ...kept, time: '18:00', smsTo: [] }));
  must(await move(facilitator, dossier, calledOff, 'excused'));
  const at = (days: number, time: string) =>
    operatorContext(engine, instantAt(plusLocalDays(localDate(new Date(), PARIS), days), time, PARIS));
  const sms = () =>
    reading(operatorContext(engine), (tx) =>
      tx
        .selectFrom('outbox')
        .selectAll()
        .where('channel', '=', 'sms')
        .where('territory_id', '=', dossier.territoryId)
        .execute()
    );
  for (const early of [at(3, '10:30'), at(4, '09:30'), at(4, '20:00')]) await remindAppointments(early, { origin });
  expect(await sms()).toEqual([]);
  must(await remindAppointments(at(4, '10:30'), { origin }));
  must(await remindAppointments(at(4, '11:30'), { origin }));
  const [message, ...more] = await sms();
  expect(more).toEqual([]);
  expect(message!.body_text).toMatch(/^Valbrune : rendez-vous demain, .* à 09:00, Maison de l’accompagnement\./);
  expect(message!.body_text).toMatch(/STOP: https:\/\/terreau\.example\/unsubscribe\/appointments\./);
  expect(message!.body_text).not.toMatch(/bail|atelier/i);
  // Moved, it is another hour to be reminded of.
  must(await plan(facilitator, dossier, { ...kept, date: inDays(9) }, id));
  must(await remindAppointments(at(8, '10:30'), { origin }));
  expect(await sms()).toHaveLength(2);
  // Asleep, the dossier is left in peace.
  must(await plan(facilitator, dossier, { ...kept, date: inDays(12) }, id));
  await transaction(operatorContext(engine), 'put-to-sleep', async (tx) => {
    await tx.updateTable('dossier').set({ state: 'paused' }).where('id', '=', dossier.dossierId).execute();
    return accept();
  });
  must(await remindAppointments(at(11, '10:30'), { origin }));
  expect(await sms()).toHaveLength(2);
  expect(await remindAppointments(facilitator, { origin })).toMatchObject({ code: 'not-allowed' });
});

test('a calendar subscribed by a secret address shows the hours of its owner, and no more unless they chose it', async () => {
  const dossier = await aDossier(engine);
  const { facilitator } = dossier;
  const carrier = await inCircle(engine, dossier, 'carrier');
  const id = must(await plan(facilitator, dossier));
  const called = must(await plan(facilitator, dossier, { date: inDays(8) }));
  must(await move(facilitator, dossier, called, 'cancel'));
  const visitor = contextFor(engine);
  const token = must(await makeCalendarLink(carrier, { shows: 'times' }));
  const text = (await readCalendar(visitor, { token, origin }))!;
  const events = Object.values(ical.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT') as VEvent[];
  expect(events.map(({ uid, summary, status }) => [uid, summary, status])).toEqual([
    [`${id}@terreau.example`, 'Rendez-vous', 'CONFIRMED'],
    [`${called}@terreau.example`, 'Rendez-vous', 'CANCELLED']
  ]);
  expect(text).not.toMatch(/atelier|bail|Maison/i);

  const titled = must(await makeCalendarLink(carrier, { shows: 'titles' }));
  expect(await readCalendar(visitor, { token, origin })).toBeNull();
  expect(await readCalendar(visitor, { token: titled, origin })).toContain('Rendez-vous · Un atelier de réparation');
  await readCalendar(visitor, { token: titled, origin });
  const looks = (await listReads(carrier, place(dossier)))!.reads.filter(({ what }) => what === 'calendar');
  expect(looks).toMatchObject([{ kind: 'export', as: 'carrier' }]);
  expect(await findCalendarLink(carrier)).toMatchObject({ shows: 'titles' });
  expect(await findCalendarLink(facilitator)).toBeNull();
  must(await revokeCalendarLink(carrier));
  expect(await readCalendar(visitor, { token: titled, origin })).toBeNull();
  expect(await readCalendar(visitor, { token: 'x'.repeat(32), origin })).toBeNull();
  expect(await makeCalendarLink(visitor, { shows: 'times' })).toMatchObject({ code: 'not-found' });
});
