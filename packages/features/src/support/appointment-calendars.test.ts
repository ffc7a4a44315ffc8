import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { instantAt, localDate, plusLocalDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { findCalendarLink } from './find-calendar-link.query.ts';
import { listReads } from './list-reads.query.ts';
import { makeCalendarLink } from './make-calendar-link.command.ts';
import { readCalendar } from './read-calendar.query.ts';
import { remindAppointments } from './remind-appointments.command.ts';
import { revokeCalendarLink } from './revoke-calendar-link.command.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';
import { ORIGIN, move, peopleOf, placeOf, plan } from './appointments.fixtures.ts';

const engine = await testDatabase();
const PARIS = 'Europe/Paris';

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
  for (const early of [at(3, '10:30'), at(4, '09:30'), at(4, '20:00')])
    await remindAppointments(early, { origin: ORIGIN });
  expect(await sms()).toEqual([]);
  must(await remindAppointments(at(4, '10:30'), { origin: ORIGIN }));
  must(await remindAppointments(at(4, '11:30'), { origin: ORIGIN }));
  const [message, ...more] = await sms();
  expect(more).toEqual([]);
  expect(message!.body_text).toMatch(/^Valbrune : rendez-vous demain, .* à 09:00, Maison de l’accompagnement\./);
  expect(message!.body_text).toMatch(/STOP: https:\/\/terreau\.example\/unsubscribe\/appointments\./);
  expect(message!.body_text).not.toMatch(/bail|atelier/i);
  // Moved, it is another hour to be reminded of.
  must(await plan(facilitator, dossier, { ...kept, date: inDays(9) }, id));
  must(await remindAppointments(at(8, '10:30'), { origin: ORIGIN }));
  expect(await sms()).toHaveLength(2);
  // Asleep, the dossier is left in peace.
  must(await plan(facilitator, dossier, { ...kept, date: inDays(12) }, id));
  await transaction(operatorContext(engine), 'put-to-sleep', async (tx) => {
    await tx.updateTable('dossier').set({ state: 'paused' }).where('id', '=', dossier.dossierId).execute();
    return accept();
  });
  must(await remindAppointments(at(11, '10:30'), { origin: ORIGIN }));
  expect(await sms()).toHaveLength(2);
  expect(await remindAppointments(facilitator, { origin: ORIGIN })).toMatchObject({ code: 'not-allowed' });
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
  const text = (await readCalendar(visitor, { token, origin: ORIGIN }))!;
  const events = Object.values(ical.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT') as VEvent[];
  expect(events.map(({ uid, summary, status }) => [uid, summary, status])).toEqual([
    [`${id}@terreau.example`, 'Rendez-vous', 'CONFIRMED'],
    [`${called}@terreau.example`, 'Rendez-vous', 'CANCELLED']
  ]);
  expect(text).not.toMatch(/atelier|bail|Maison/i);

  const titled = must(await makeCalendarLink(carrier, { shows: 'titles' }));
  expect(await readCalendar(visitor, { token, origin: ORIGIN })).toBeNull();
  expect(await readCalendar(visitor, { token: titled, origin: ORIGIN })).toContain(
    'Rendez-vous · Un atelier de réparation'
  );
  await readCalendar(visitor, { token: titled, origin: ORIGIN });
  const looks = (await listReads(carrier, placeOf(dossier)))!.reads.filter(({ what }) => what === 'calendar');
  expect(looks).toMatchObject([{ kind: 'export', as: 'carrier' }]);
  expect(await findCalendarLink(carrier)).toMatchObject({ shows: 'titles' });
  expect(await findCalendarLink(facilitator)).toBeNull();
  must(await revokeCalendarLink(carrier));
  expect(await readCalendar(visitor, { token: titled, origin: ORIGIN })).toBeNull();
  expect(await readCalendar(visitor, { token: 'x'.repeat(32), origin: ORIGIN })).toBeNull();
  expect(await makeCalendarLink(visitor, { shows: 'times' })).toMatchObject({ code: 'not-found' });
});
