import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '@terreau/database/context';
import { deliverDue, folderCarrier } from '@terreau/database/deliver';
import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { instantAt, plusDays } from '@terreau/kernel/instants';
import { afterAll, expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { ownWeek } from '../orientation/own-week.query.ts';
import { findAppointmentSlip } from './find-appointment-slip.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { findNoteForm } from './find-note-form.query.ts';
import { listAppointments } from './list-appointments.query.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';
import { eventIn, mailsTo, move, ORIGIN, peopleOf, placeOf, plan } from './appointments.fixtures.ts';
import { handOverDossiers } from './hand-over-dossiers.command.ts';

const engine = await testDatabase();
const PARIS = 'Europe/Paris';
const folder = await mkdtemp(join(tmpdir(), 'terreau-invitations-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('who comes and has an account gets an invitation that follows each change, and no word of what it is about', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const { facilitator } = dossier;
  const id = must(await plan(facilitator, dossier));
  must(await plan(facilitator, dossier, { date: inDays(6), time: '14:30' }, id));
  must(await move(carrier, dossier, id, 'cancel'));
  const mails = await mailsTo(engine, carrier);
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
  expect(await mailsTo(engine, facilitator)).toHaveLength(3);
});

test('an invitation leaves as another way to read the mail, and as a file', async () => {
  const dossier = await aDossier(engine);
  must(await plan(dossier.facilitator, dossier, { time: '10:00' }));
  const carriers = {
    mail: folderCarrier(folder, 'Terreau <ne-pas-repondre@terreau.example>'),
    sms: async () => undefined
  };
  while ((await deliverDue(engine, carriers, plusDays(new Date(), 1))).sent > 0);
  const [mail] = await mailsTo(engine, dossier.facilitator);
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
  expect((await mailsTo(engine, carrier)).map(({ calendar_method: method }) => method)).toEqual(['REQUEST', 'CANCEL']);
  expect((await mailsTo(engine, dossier.facilitator)).map(({ calendar_method: method }) => method)).toEqual([
    'REQUEST',
    'REQUEST'
  ]);
});

test('the structure proposes, whoever accompanies confirms; nobody outside of the circle sees or plans anything', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const observer = await inCircle(engine, dossier, 'observer');
  const id = must(await plan(carrier, dossier));
  const list = (who: Context) => listAppointments(who, placeOf(dossier));
  expect((await list(carrier))?.open).toMatchObject([{ id, state: 'proposed', about: 'Relire le bail' }]);
  expect(eventIn((await mailsTo(engine, carrier))[0]!.calendar_text!).status).toBe('TENTATIVE');
  expect(must(await move(dossier.facilitator, dossier, id, 'confirm'))).toBe('confirmed');
  expect((await list(observer))?.open[0]).toMatchObject({ state: 'confirmed', moves: [] });
  expect(await plan(observer, dossier)).toMatchObject({ code: 'not-found' });
  const stranger = contextFor(engine, await aStaffMember(engine, dossier.territoryId));
  expect(await list(stranger)).toBeNull();
  expect(await plan(stranger, dossier)).toMatchObject({ code: 'not-found' });
  expect(await move(stranger, dossier, id, 'cancel')).toMatchObject({ code: 'not-found' });
  expect(await findAppointmentSlip(stranger, { ...placeOf(dossier), appointmentId: id })).toBeNull();
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
  expect((await listAppointments(after, placeOf(dossier)))?.open[0]).toMatchObject({ isToSettle: true });
  const told = (await mailsTo(engine, carrier)).length;
  expect(must(await move(after, dossier, id, 'seen'))).toBe('seen');
  expect(await move(after, dossier, id, 'missed')).toMatchObject({ code: 'appointment-over' });
  // The note that tells of it knows already when, how long, where and with whom.
  const { copied } = (await findNoteForm(after, { ...placeOf(dossier), appointment: id }))!;
  expect(copied).toMatchObject({
    happenedOn: inDays(5),
    minutes: 60,
    kind: 'meeting',
    place: 'Maison de l’accompagnement'
  });
  expect(copied?.members).toHaveLength(3);
  expect(await mailsTo(engine, carrier)).toHaveLength(told);
  const page = await listAppointments(after, placeOf(dossier));
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

test('whoever takes over a portfolio comes to what is ahead, in place of who leaves', async () => {
  const dossier = await aDossier(engine);
  const { facilitator, territoryId } = dossier;
  const successor = await inCircle(engine, dossier, 'facilitator');
  const own = (await peopleOf(facilitator, dossier))[0]!;
  const id = must(await plan(facilitator, dossier, { members: [own.id] }));
  const fromAccountId = facilitator.actor.accountId!;
  const request = {
    territoryId,
    fromAccountId,
    toAccountId: successor.actor.accountId!,
    reason: 'Départ',
    origin: ORIGIN
  };
  must(await handOverDossiers(facilitator, request));
  const page = await listAppointments(successor, placeOf(dossier));
  expect(page?.open).toMatchObject([{ id, people: [{ hasAccount: true }] }]);
  expect(page?.open[0]?.people[0]?.memberId).not.toBe(own.id);
  expect(
    (
      await ownWeek(
        { ...successor, actor: { ...successor.actor, grants: facilitator.actor.grants } },
        territoryId,
        PARIS
      )
    )?.meeting
  ).toMatchObject({ id });
  expect((await ownWeek(facilitator, territoryId, PARIS))?.meeting).toBeNull();
});
