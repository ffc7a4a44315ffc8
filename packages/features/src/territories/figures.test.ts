import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory } from '../directory/directory.fixtures.ts';
import { coordinationDesk } from './coordination-desk.query.ts';
import { importFigures } from './import-figures.command.ts';
import { portrait } from './portrait.query.ts';

const engine = await testDatabase();
const HEADER = 'code;label;value;denominator;source;date;neighbourhood;missing';

async function importing(rows: string[], header = HEADER) {
  const territoryId = await aTerritory(engine);
  await engine.db
    .insertInto('neighbourhood')
    .values({ territory_id: territoryId, slug: 'le-port', name: 'Le Port' })
    .execute();
  const ctx = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  const bring = (lines: string[]) =>
    importFigures(ctx, {
      territoryId,
      fileName: 'chiffres.csv',
      bytes: new TextEncoder().encode([header, ...lines].join('\n'))
    });
  return { territoryId, bring, outcome: await bring(rows) };
}

test('figures come with their denominator, source and date; a missing one keeps its reason; the same one is replaced', async () => {
  const { territoryId, bring, outcome } = await importing([
    'habitants;Habitants;35 000;;Insee, recensement;2021;;',
    'no-car;Ménages sans voiture;32,5;ménages;Insee, recensement;2021;Le Port;',
    'poverty-rate;Taux de pauvreté;;habitants;Insee, Filosofi;2021;le-port;secret statistique'
  ]);
  expect(outcome).toMatchObject({ ok: true, value: { written: 3, problems: [] } });
  await bring(['no-car;Ménages sans voiture;33;ménages;Insee, recensement;2021;Le Port;']);
  const { territory, neighbourhoods } = await portrait(contextFor(engine), territoryId);
  expect(territory.figures).toMatchObject([
    { value: 35_000, unit: 'number', source: 'Insee, recensement', asOf: '2021' }
  ]);
  expect(neighbourhoods[0]!.figures).toMatchObject([
    { code: 'no-car', value: 33, unit: 'percent', denominator: { text: 'ménages', language: 'fr' } },
    { code: 'poverty-rate', value: null, missingReason: 'statistical-secrecy' }
  ]);
});

test('an English reader has the definition and the denominator in English, or in French that says so', async () => {
  const { territoryId } = await importing(
    [
      'no-car;Sans voiture;33;ménages;Insee;2021;;;Part des ménages sans voiture.;Share of households without a car.;households',
      'poverty-rate;Pauvreté;12;habitants;Insee;2021;;;Sous 60 % du médian.;;'
    ],
    `${HEADER};definition;definition_en;denominator_en`
  );
  const english = { ...contextFor(engine), language: 'en' as const };
  const { territory } = await portrait(english, territoryId);
  const byCode = Object.fromEntries(territory.figures.map((figure) => [figure.code, figure]));
  expect(byCode['no-car']).toMatchObject({
    definition: { text: 'Share of households without a car.', language: 'en' },
    denominator: { text: 'households', language: 'en' }
  });
  expect(byCode['poverty-rate']).toMatchObject({
    definition: { text: 'Sous 60 % du médian.', language: 'fr' },
    denominator: { text: 'habitants', language: 'fr' }
  });
});

test('with one wrong row nothing is written, and every problem is told by row and column', async () => {
  const { territoryId, outcome } = await importing([
    'habitants;Habitants;35000;;Insee;2021;;',
    'no car;Sans voiture;beaucoup;ménages;Insee;2021;Ailleurs;',
    'no-car;Sans voiture;146;ménages;;21;;',
    'habitants;Habitants;1;;Insee;2021;;',
    'rate;Taux;12;habitants;Insee;2021;;parce que',
    'empty;Vide;;;Insee;2021;;'
  ]);
  expect(outcome.ok && outcome.value.written).toBe(0);
  expect(
    outcome.ok && outcome.value.problems.map(({ row, column, code }) => `${row} ${column} ${code}`).sort()
  ).toEqual([
    '3 code code-malformed',
    '3 neighbourhood neighbourhood-unknown',
    '3 value number-malformed',
    '4 date date-malformed',
    '4 source missing',
    '4 value share-out-of-range',
    '5 code twice',
    '6 missing reason-unknown',
    '7 value missing'
  ]);
  expect((await portrait(contextFor(engine), territoryId)).territory.figures).toEqual([]);
});

test('a share says what it is out of; a file without the needed columns is refused', async () => {
  const { outcome } = await importing(['rate;Taux;12;Insee;2021;percent'], 'code;libellé;valeur;source;année;unité');
  expect(outcome).toMatchObject({
    ok: true,
    value: { problems: [{ row: 2, column: 'denominator', code: 'share-without-denominator' }] }
  });
  expect((await importing(['x;1'], 'code;valeur')).outcome).toMatchObject({
    code: 'columns-missing',
    details: { columns: 'label, source, date' }
  });
});

test('figures are the coordination’s; the desk is the staff’s, and counts what waits', async () => {
  const { territoryId } = await importing(['habitants;Habitants;35000;;Insee;2021;;']);
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
  const bytes = new TextEncoder().encode(HEADER);
  expect(await importFigures(facilitator, { territoryId, fileName: 'a.csv', bytes })).toMatchObject({
    code: 'not-found'
  });
  expect(await coordinationDesk(contextFor(engine), territoryId)).toBeNull();
  const before = operatorContext(engine).now;
  await transaction(operatorContext(engine), 'prepare', async (tx) => {
    await tx
      .insertInto('organization')
      .values([
        { territory_id: territoryId, name: 'Attend', status: 'held', created_at: before },
        {
          territory_id: territoryId,
          name: 'Vieillie',
          status: 'published',
          stale_at: new Date(before.getTime() - 60_000)
        },
        { territory_id: territoryId, name: 'Fraîche', status: 'published', stale_at: new Date(before.getTime() + 1e9) }
      ])
      .execute();
    return accept();
  });
  expect(await coordinationDesk(facilitator, territoryId)).toMatchObject({
    heldSheets: { count: 1, since: before },
    staleSheets: { count: 1 },
    flags: { count: 0, since: null },
    publishedSheets: 2,
    neighbourhoods: 1,
    figures: 1,
    hasContact: false
  });
});
