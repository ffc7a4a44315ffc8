import { writePdf } from '@terreau/formats/document';
import { readPdf } from '@terreau/formats/document-testing';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { aDossier, inCircle, inDays, typedNote } from './support.fixtures.ts';
import { writeNote } from './write-note.command.ts';
import { yearPaper } from './year-paper.rules.ts';
import { meetingsIn, yearReport } from './year-report.query.ts';

const engine = await testDatabase();

test('a structure reads its own year: hours received, meetings, actions, decisions and what comes next', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const note = (typed: Record<string, unknown>) =>
    writeNote(facilitator, { territoryId, dossierId, fields: typedNote(typed) });
  must(await note({ decided: 'Louer le local', nextOn: inDays(5) }));
  must(await note({ kind: 'call', minutes: '0' }));
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const action = {
        dossier_id: dossierId,
        territory_id: territoryId,
        kind: 'structure',
        state_changed_at: new Date(),
        written_at: new Date(),
        updated_at: new Date()
      };
      await tx
        .insertInto('plan_action')
        .values([
          { ...action, what: 'Tenir un stand', state: 'done', state_changed_at: new Date(Date.now() - 1_000) },
          { ...action, what: 'Ouvrir un compte', state: 'under-way', due_on: inDays(20) }
        ])
        .execute();
      return accept();
    })
  );
  const year = inDays(0).slice(0, 4);
  const report = (await yearReport(carrier, { territoryId, dossierId, year, kind: 'page' }))!;
  expect(report).toMatchObject({ minutes: 75, notes: 2, notesWithoutDuration: 1, isOver: false, diagnosis: null });
  expect(meetingsIn(report)).toBe(1);
  expect(report.actions.map(({ what, isOpen }) => [what, isOpen])).toEqual([
    ['Tenir un stand', false],
    ['Ouvrir un compte', true]
  ]);
  expect(report.decisions).toEqual([{ on: inDays(0), words: 'Louer le local' }]);
  expect(report.nextContactOn).toBe(inDays(5));
  const reads = await reading(carrier, (tx) =>
    tx.selectFrom('private_read').select('kind').where('what', '=', 'year').execute()
  );
  expect(reads).toEqual([{ kind: 'report' }]);
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  expect(await yearReport(colleague, { territoryId, dossierId, year, kind: 'page' })).toBeNull();
});

test('the year on paper keeps the order of the page, and says what is empty', async () => {
  const part = { key: 'a', lines: [], table: null, empty: 'Rien cette année.', how: 'D’après le plan.' };
  const told = {
    title: 'L’année 2026 du Frigo',
    subtitle: 'Valbrune',
    notice: null,
    facts: [{ label: 'Heures reçues', value: '12 h 30' }],
    parts: [
      { ...part, title: 'Ce qui a été fait', lines: ['Tenir un stand'] },
      { ...part, key: 'b', title: 'Ce qui a été décidé' },
      {
        ...part,
        key: 'c',
        title: 'Diagnostic',
        table: { columns: ['Dimension', 'N', 'N+1'], rows: [['Finances', '1', '2']] }
      }
    ]
  };
  const read = await readPdf(writePdf(yearPaper(told, 'fr')));
  const words = read.pages.map((page) => page.words).join(' ');
  const order = ['Heures reçues', 'Tenir un stand', 'Rien cette année.', 'Finances'].map((one) => words.indexOf(one));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});
