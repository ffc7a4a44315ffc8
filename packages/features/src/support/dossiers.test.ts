import { contextFor, onServer, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { aStaffMember, must, sentMessages } from '../directory/directory.fixtures.ts';
import { promiseContact } from '../orientation/promise-contact.command.ts';
import { aRequest, promiseRows, requestRow } from '../orientation/requests.fixtures.ts';
import { bringIntoCircle } from './bring-into-circle.command.ts';
import { findDossier } from './find-dossier.query.ts';
import { handOverDossiers } from './hand-over-dossiers.command.ts';
import { leaveCircle } from './leave-circle.command.ts';
import { listNotes } from './list-notes.query.ts';
import { listOwnDossiers } from './list-own-dossiers.query.ts';
import { listReads } from './list-reads.query.ts';
import { moveDossier } from './move-dossier.command.ts';
import { openDossier } from './open-dossier.command.ts';
import { aDossier, inCircle, inDays, typedDossier, typedNote } from './support.fixtures.ts';
import { writeNote } from './write-note.command.ts';

const engine = await testDatabase(60);

test('no dossier opens without a next contact, nor before the person was told what is kept', async () => {
  const { territoryId, facilitator } = await aDossier(engine);
  const open = (typed: Record<string, unknown>) =>
    openDossier(facilitator, { territoryId, fields: typedDossier(typed), origin: 'https://terreau.example' });
  expect(await open({ nextContactOn: '' })).toMatchObject({ code: 'next-contact-missing' });
  expect(await open({ nextContactOn: inDays(-1) })).toMatchObject({ code: 'next-contact-past' });
  expect(await open({ informed: '' })).toMatchObject({ code: 'information-missing' });
  expect(await open({ name: ' ' })).toMatchObject({ code: 'name-missing' });
  expect(await open({ kind: 'organization' })).toMatchObject({ code: 'organization-missing' });
  expect(
    await openDossier(contextFor(engine), { territoryId, fields: typedDossier(), origin: 'https://terreau.example' })
  ).toMatchObject({
    code: 'not-found'
  });
});

test('a dossier born of a request asks for nothing that was said there', async () => {
  const { territoryId, facilitator } = await aDossier(engine);
  const { id: request } = await aRequest(engine, territoryId, new Date(), { themes: ['mobilite'] });
  const fields = typedDossier({ request, name: '', phone: '' });
  const dossierId = must(await openDossier(facilitator, { territoryId, fields, origin: 'https://terreau.example' }));
  const sheet = (await findDossier(facilitator, territoryId, dossierId))!;
  expect(sheet).toMatchObject({ requestId: request, themes: ['mobilite'] });
  expect(sheet.circle.find((member) => member.role === 'carrier')?.name).toBe('Samia');
  const facts = await reading(facilitator, (tx) =>
    tx.selectFrom('dossier_fact').select(['key', 'value']).where('dossier_id', '=', dossierId).orderBy('key').execute()
  );
  expect(facts).toEqual([
    { key: 'idea.expectation', value: 'Un local et des conseils' },
    { key: 'idea.for-whom', value: 'les habitants' },
    { key: 'idea.sentence', value: 'Réparer les vélos du quartier' },
    { key: 'idea.where', value: 'Les Tilleuls' }
  ]);
  const elsewhere = await aDossier(engine);
  expect(
    await openDossier(elsewhere.facilitator, {
      territoryId: elsewhere.territoryId,
      fields,
      origin: 'https://terreau.example'
    })
  ).toMatchObject({
    code: 'request-not-found'
  });
});

test('a request from which an accompaniment begins waits no more: it is closed with the next contact, and the person is told once', async () => {
  const { territoryId, facilitator } = await aDossier(engine);
  const origin = 'https://terreau.example';
  const begin = (request: string) =>
    openDossier(facilitator, { territoryId, fields: typedDossier({ request, name: '', phone: '' }), origin });
  const { id } = await aRequest(engine, territoryId, facilitator.now, { email: 'samia-suite@example.org' });
  must(await promiseContact(facilitator, { territoryId, requestId: id, kind: 'call', on: inDays(1), note: null }));
  must(await begin(id));
  const row = await requestRow(engine, id);
  expect(row).toMatchObject({
    state: 'closed',
    close_reason: 'accompanied',
    responsible_id: facilitator.actor.accountId
  });
  expect(row.answered_at).not.toBeNull();
  expect(row.next_step).toContain('Prochain contact');
  expect(await promiseRows(engine, id)).toMatchObject([{ outcome: 'reached' }]);
  const mails = await sentMessages(engine, 'samia-suite@example.org');
  expect(mails.map(({ template }) => template)).toEqual(['request-accompanied']);

  // Whoever reads no message was met: nobody owes them a call to say it.
  const called = await aRequest(engine, territoryId, facilitator.now, { state: 'moderation', reachedBy: 'phone' });
  must(await begin(called.id));
  expect((await requestRow(engine, called.id)).state).toBe('closed');
  expect(await promiseRows(engine, called.id)).toEqual([]);
});

test('a dossier is seen by its circle alone: not by colleagues, not by the coordination, not by a funder', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  must(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote() }));
  expect((await findDossier(facilitator, territoryId, dossierId))?.title).toBe('Un atelier de réparation');
  for (const role of ['facilitator', 'coordinator', 'funder', 'expert', 'resident'] as const) {
    const other = contextFor(engine, await aStaffMember(engine, territoryId, role));
    expect(await findDossier(other, territoryId, dossierId)).toBeNull();
    expect(await listNotes(other, { territoryId, dossierId })).toBeNull();
    expect((await listOwnDossiers(other, { territoryId, show: 'open' })).total).toBe(0);
    // Not even the tables show it.
    const rows = await reading(other, (tx) => tx.selectFrom('note').select('id').execute());
    expect(rows).toEqual([]);
    expect(await writeNote(other, { territoryId, dossierId, fields: typedNote() })).toMatchObject({
      code: 'not-found'
    });
  }
  const observer = await inCircle(engine, accompanied, 'observer');
  expect((await listNotes(observer, { territoryId, dossierId }))?.notes).toHaveLength(1);
  expect(await writeNote(observer, { territoryId, dossierId, fields: typedNote() })).toMatchObject({
    code: 'not-found'
  });
});

test('each look is written down, and the structure supported reads who looked', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const observer = await inCircle(engine, accompanied, 'observer');
  for (let look = 0; look < 100; look += 1) {
    await findDossier(facilitator, territoryId, dossierId);
    await listNotes(observer, { territoryId, dossierId });
  }
  const counted = await reading(carrier, (tx) =>
    tx
      .selectFrom('private_read')
      .select((select) => select.fn.countAll<string>().as('n'))
      .where('dossier_id', '=', dossierId)
      .executeTakeFirstOrThrow()
  );
  expect(Number(counted.n)).toBe(200);
  const page = await listReads(carrier, { territoryId, dossierId });
  expect(page?.reads[0]).toMatchObject({ as: 'observer', what: 'notes', kind: 'page' });
  expect(await listReads(observer, { territoryId, dossierId })).toBeNull();
});

test('who hands over a portfolio reads thirty days more, writes nothing, and then sees nothing', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const successor = contextFor(engine, await aStaffMember(engine, territoryId));
  const request = {
    territoryId,
    fromAccountId: facilitator.actor.accountId!,
    toAccountId: successor.actor.accountId!,
    reason: 'Changement de poste',
    origin: 'https://terreau.example'
  };
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  expect(await handOverDossiers(colleague, request)).toMatchObject({ code: 'not-found' });
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  await grant(territoryId, successor.actor.accountId!);
  expect(must(await handOverDossiers(coordinator, request))).toMatchObject({ moved: 1 });
  expect(await findDossier(coordinator, territoryId, dossierId)).toBeNull();

  const sheet = await findDossier(successor, territoryId, dossierId);
  expect(sheet?.role).toBe('facilitator');
  expect(sheet?.circle.filter((member) => member.role === 'facilitator')).toHaveLength(2);
  expect((await findDossier(facilitator, territoryId, dossierId))?.isActive).toBe(false);
  expect(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote() })).toMatchObject({
    code: 'not-found'
  });
  const later = (days: number) => ({ ...facilitator, now: plusDays(facilitator.now, days) });
  expect(await findDossier(later(29), territoryId, dossierId)).not.toBeNull();
  expect(await findDossier(later(31), territoryId, dossierId)).toBeNull();
});

test('the same note sent again is one note, with the time at which it was written', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const writtenAt = plusDays(facilitator.now, -1);
  const fields = typedNote({ writtenAt: writtenAt.toISOString(), offline: 'yes', nextOn: inDays(20) });
  const first = must(await writeNote(facilitator, { territoryId, dossierId, fields }));
  const again = must(await writeNote(facilitator, { territoryId, dossierId, fields }));
  expect(again).toEqual({ id: first.id, isNew: false });
  const page = await listNotes(facilitator, { territoryId, dossierId });
  expect(page?.notes).toHaveLength(1);
  expect(page?.notes[0]).toMatchObject({ minutes: 75, wasOffline: true, writtenAt });
  expect((await findDossier(facilitator, territoryId, dossierId))?.nextContactOn).toBe(inDays(20));
  const elsewhere = await aDossier(engine);
  expect(await writeNote(elsewhere.facilitator, { ...elsewhere, fields })).toMatchObject({ code: 'note-of-another' });
});

test('of the same note sent ten times in the same moment, one is kept', async ({ skip }) => {
  if (!onServer()) skip('only a server has several connections');
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const fields = typedNote({ clientId: newId() });
  const sent = await Promise.all(
    Array.from({ length: 10 }, () => writeNote(facilitator, { territoryId, dossierId, fields }))
  );
  expect(sent.filter((verdict) => verdict.ok && verdict.value.isNew)).toHaveLength(1);
  expect(sent.filter((verdict) => verdict.ok)).toHaveLength(10);
});

test('of two people who act at once on a dossier, the second is told', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const { version } = (await findDossier(facilitator, territoryId, dossierId))!;
  const fields = {
    move: 'accept' as const,
    reason: null,
    note: null,
    nextContactOn: inDays(9),
    agreedAloud: false,
    version
  };
  expect(must(await moveDossier(facilitator, { territoryId, dossierId, fields }))).toBe('accepted');
  const late = { ...fields, move: 'interrupt' as const, reason: 'carrier-choice' as const };
  expect(await moveDossier(facilitator, { territoryId, dossierId, fields: late })).toMatchObject({
    code: 'changed-meanwhile'
  });
});

test('a circle is never left without anybody who accompanies, and the structure brings in only its own', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const sheet = (await findDossier(facilitator, territoryId, dossierId))!;
  const own = sheet.circle.find((member) => member.isReader)!;
  const leave = { territoryId, dossierId, memberId: own.id, reason: null };
  expect(await leaveCircle(facilitator, leave)).toMatchObject({ code: 'last-facilitator' });
  expect(await leaveCircle(carrier, leave)).toMatchObject({ code: 'role-not-yours' });
  const ask = { territoryId, dossierId, role: 'observer' as const, email: 'nobody@example.org' };
  expect(await bringIntoCircle(carrier, ask)).toMatchObject({ code: 'role-not-yours' });
  expect(await bringIntoCircle(facilitator, ask)).toMatchObject({ code: 'no-such-account' });
});

async function grant(territoryId: string, accountId: string): Promise<void> {
  const row = { territory_id: territoryId, account_id: accountId, role: 'facilitator' };
  await engine.db.insertInto('role_grant').values(row).execute();
}
