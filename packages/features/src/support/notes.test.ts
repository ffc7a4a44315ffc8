import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { correctNote } from './correct-note.command.ts';
import { findNoteForm } from './find-note-form.query.ts';
import { findOwnNote } from './find-own-note.query.ts';
import { listNotes } from './list-notes.query.ts';
import { moveDossier } from './move-dossier.command.ts';
import { nameOwnDossiers } from './name-own-dossiers.query.ts';
import { passageAround, plainWords } from './note-search.rules.ts';
import { searchOwnNotes } from './search-own-notes.query.ts';
import { aDossier, inCircle, inDays, typedNote } from './support.fixtures.ts';
import { writeNote } from './write-note.command.ts';

const engine = await testDatabase();

test('a note is corrected by its author alone, and what it said before stays for the circle to read', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const { id: noteId } = must(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote() }));
  const request = { territoryId, dossierId, noteId, version: 1 };
  const fields = typedNote({ done: 'Visite du second local', minutes: '45' });
  expect(await correctNote(carrier, { ...request, fields })).toMatchObject({ code: 'not-found' });
  expect(await findOwnNote(carrier, request)).toBeNull();

  must(await correctNote(facilitator, { ...request, fields }));
  expect(await correctNote(facilitator, { ...request, fields })).toMatchObject({ code: 'changed-meanwhile' });
  expect(await findOwnNote(facilitator, request)).toMatchObject({
    note: { version: 2, done: 'Visite du second local' }
  });
  const [note] = (await listNotes(carrier, { territoryId, dossierId }))!.notes;
  expect(note).toMatchObject({ done: 'Visite du second local', minutes: 45, correctedAt: facilitator.now });
  expect(note!.earlier).toMatchObject([{ version: 1, done: 'Visite du local', minutes: 75 }]);
  // Nobody of the circle takes an earlier version away, its author neither.
  const taken = await transaction(facilitator, 'take-away', async (tx) =>
    accept((await tx.deleteFrom('note_version').where('note_id', '=', noteId).executeTakeFirstOrThrow()).numDeletedRows)
  );
  expect(taken).toMatchObject({ value: 0n });
});

test('a correction keeps the rules of a note: it says something, of a past day', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const { id: noteId } = must(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote() }));
  const correct = (typed: Record<string, unknown>) =>
    correctNote(facilitator, { territoryId, dossierId, noteId, version: 1, fields: typedNote(typed) });
  expect(await correct({ done: '' })).toMatchObject({ code: 'note-empty' });
  expect(await correct({ happenedOn: inDays(1) })).toMatchObject({ code: 'note-in-the-future' });
});

test('a note is taken up again with its place, its duration, its themes and all who were there', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  await inCircle(engine, accompanied, 'member');
  const { people } = (await findNoteForm(facilitator, { territoryId, dossierId }))!;
  const members = people.map(({ id }) => id);
  expect(members).toHaveLength(3);
  const fields = typedNote({ members, others: 'agente de la mairie\nbailleur', unnamed: '4', themes: ['mobilite'] });
  const { id } = must(await writeNote(facilitator, { territoryId, dossierId, fields }));
  const { copied } = (await findNoteForm(facilitator, { territoryId, dossierId, from: id }))!;
  expect(copied).toMatchObject({ minutes: 75, kind: 'meeting', unnamed: 4, themes: ['mobilite'] });
  expect(copied!.others.split('\n').sort()).toEqual(['agente de la mairie', 'bailleur']);
  expect([...copied!.members].sort()).toEqual([...members].sort());
});

test('a note about a day after the end of the accompaniment is refused, one about a day before still arrives', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  const stop = {
    move: 'interrupt' as const,
    reason: 'carrier-choice' as const,
    note: null,
    nextContactOn: null,
    agreedAloud: false,
    version: 1
  };
  must(await moveDossier(facilitator, { territoryId, dossierId, fields: stop }));
  const later = { ...facilitator, now: plusDays(facilitator.now, 3) };
  const write = (typed: Record<string, unknown>) =>
    writeNote(later, { territoryId, dossierId, fields: typedNote(typed) });
  expect(await write({ happenedOn: inDays(2) })).toMatchObject({ code: 'dossier-ended' });
  expect(await write({ happenedOn: inDays(-2), offline: 'yes' })).toMatchObject({ ok: true });
});

test('a telephone keeps the names of the dossiers in which one writes, and no other', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const observer = await inCircle(engine, accompanied, 'observer');
  expect(await nameOwnDossiers(facilitator, territoryId)).toEqual([
    { id: dossierId, title: 'Un atelier de réparation' }
  ]);
  expect(await nameOwnDossiers(observer, territoryId)).toEqual([]);
  expect(await nameOwnDossiers(contextFor(engine), territoryId)).toEqual([]);
});

test('words are found in one’s own titles and notes, without accents; each dossier shown is in its journal', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  for (const done of ['Signé la convention avec l’école', 'Appelé le bailleur', 'Reçu la convention signée']) {
    must(await writeNote(facilitator, { territoryId, dossierId, fields: typedNote({ done }) }));
  }
  const found = await searchOwnNotes(facilitator, { territoryId, q: 'CONVENTION signe' });
  expect(found.notes).toHaveLength(2);
  expect(found.notes[0]).toMatchObject({ dossierTitle: 'Un atelier de réparation' });
  expect((await searchOwnNotes(facilitator, { territoryId, q: 'reparation' })).dossiers).toEqual([
    { id: dossierId, title: 'Un atelier de réparation' }
  ]);
  expect(await searchOwnNotes(facilitator, { territoryId, q: '%' })).toEqual({ dossiers: [], notes: [], next: null });
  const journal = await reading(carrier, (tx) =>
    tx.selectFrom('private_read').select(['kind', 'what']).where('kind', '=', 'search').orderBy('id').execute()
  );
  expect(journal).toEqual([
    { kind: 'search', what: 'note' },
    { kind: 'search', what: 'note' },
    { kind: 'search', what: 'title' }
  ]);
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  expect(await searchOwnNotes(colleague, { territoryId, q: 'convention' })).toMatchObject({ notes: [], dossiers: [] });
});

test('found notes come twenty at a time, each once', async () => {
  const { territoryId, dossierId, facilitator } = await aDossier(engine);
  for (let line = 0; line < 23; line += 1) {
    const fields = typedNote({ done: 'Le même mot', happenedOn: inDays(-(line % 3)) });
    must(await writeNote(facilitator, { territoryId, dossierId, fields }));
  }
  const first = await searchOwnNotes(facilitator, { territoryId, q: 'meme' });
  const second = await searchOwnNotes(facilitator, { territoryId, q: 'meme', after: first.next! });
  expect([first.notes.length, second.notes.length, second.next]).toEqual([20, 3, null]);
  expect(new Set([...first.notes, ...second.notes].map(({ id }) => id)).size).toBe(23);
});

test('a long note is shown around the word that was found', () => {
  const text = `${'Beaucoup de mots avant. '.repeat(20)}Le gardien ouvre la salle. ${'Et après. '.repeat(40)}`;
  const passage = passageAround([null, 'Rien', text], plainWords('Gardien'));
  expect(passage).toContain('gardien ouvre');
  expect(passage.length).toBeLessThan(150);
});

test('who may see people is worked out once for a question, however many people there are', async () => {
  const { facilitator } = await aDossier(engine);
  const plan = await reading(facilitator, async (tx) => {
    const { rows } = await sql<Record<string, string>>`explain select id from person`.execute(tx);
    return rows.map((row) => row['QUERY PLAN']!);
  });
  const rule = plan.find((line) => line.includes('Filter: '))!;
  expect(rule).toContain('territory_id = ANY');
  expect(rule).not.toContain('current_setting');
});
