import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import type { Id } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, anAccount, must, typedService } from '../directory/directory.fixtures.ts';
import { prepareImport } from '../directory/prepare-import.command.ts';
import { runImport } from '../directory/run-import.command.ts';
import { saveService } from '../directory/save-service.command.ts';
import { exportSupports } from './export-supports.query.ts';
import { findSupport } from './find-support.query.ts';
import { prepareSupportImport } from './prepare-support-import.command.ts';
import { runSupportImport } from './run-support-import.command.ts';
import { saveSupport } from './save-support.command.ts';
import { searchSupports } from './search-supports.query.ts';
import { settleSupportImport } from './settle-support-import.command.ts';
import { aSupport, typedSupport } from './support.fixtures.ts';
import { findSupportImport } from './support-imports.query.ts';

const engine = await testDatabase();
const AIDS = join(import.meta.dirname, '../../../../../shared/data/aids');
const NOW = new Date('2026-03-10T09:00:00Z');

async function aPlace() {
  const territoryId = await aTerritory(engine);
  return { territoryId, staff: contextFor(engine, await aStaffMember(engine, territoryId), NOW) };
}
type Place = Awaited<ReturnType<typeof aPlace>>;

const bytesOf = (text: string) => new TextEncoder().encode(text);
async function prepared(
  { territoryId, staff }: Place,
  bytes: Uint8Array,
  fileName = 'fonds.csv',
  trueOn: string | null = null
) {
  return must(await prepareSupportImport(staff, { territoryId, fileName, bytes, source: null, trueOn }));
}
async function imported(place: Place, bytes: Uint8Array, fileName?: string, trueOn: string | null = null) {
  const importId = await prepared(place, bytes, fileName, trueOn);
  return must(await runSupportImport(place.staff, { territoryId: place.territoryId, importId }));
}
async function only({ territoryId, staff }: Place, text: string) {
  const [item] = (await searchSupports(staff, { territoryId, text })).items;
  return item!;
}

const TABLE = `Nom;Nature;Financeur;Montant;Téléphone;Date limite
Fonds de participation;Financement;Ville;800;04 65 71 00 10;30/06/2026
Salle des fêtes;Salle;Ville;;pas de téléphone;
;Salle;Ville;;;
Fonds de participation;Financement;Ville;900;;
`;

test('any table is read by its columns: each row is added, kept without a bad value, or left out with its reason', async () => {
  const place = await aPlace();
  const importId = await prepared(place, bytesOf(TABLE));
  const preview = await findSupportImport(place.staff, place.territoryId, importId);
  expect(preview!.report).toMatchObject({ rows: 4, created: 2, rejected: 2 });
  expect(preview!.report!.problems).toEqual([
    { row: 3, field: 'phone', problem: 'malformed-phone', left: false },
    { row: 4, field: 'title', problem: 'missing', left: true },
    { row: 5, field: 'sourceId', problem: 'repeated', left: true }
  ]);
  expect((await searchSupports(place.staff, { territoryId: place.territoryId })).total).toBe(0);
  const report = must(await runSupportImport(place.staff, { territoryId: place.territoryId, importId }));
  expect(report).toEqual(preview!.report);
  expect(await only(place, 'fonds participation')).toMatchObject({
    kind: 'funding',
    provider: 'Ville',
    ceilingCents: 80_000,
    closesOn: '2026-06-30',
    phone: '+33465710010',
    standing: 'unchecked'
  });
  expect(await runSupportImport(place.staff, { territoryId: place.territoryId, importId })).toMatchObject({
    code: 'already-settled'
  });
});

test('the same file again changes nothing; what somebody wrote since is not overwritten', async () => {
  const place = await aPlace();
  await imported(place, bytesOf(TABLE));
  expect(await imported(place, bytesOf(TABLE))).toMatchObject({ created: 0, updated: 0, unchanged: 2, protected: 0 });
  const { id } = await only(place, 'salle fêtes');
  const fields = typedSupport({ kind: 'room', title: 'Salle des fêtes', provider: 'La Ville de Valbrune' });
  const request = { territoryId: place.territoryId, supportId: id, fields, isChecked: true, isDraft: false };
  must(await saveSupport(place.staff, request));
  const next = TABLE.replace('Salle des fêtes;Salle;Ville', 'Salle des fêtes;Salle;Mairie').replace('800', '1000');
  expect(await imported(place, bytesOf(next))).toMatchObject({ created: 0, updated: 1, unchanged: 1, protected: 1 });
  expect(await findSupport(place.staff, place.territoryId, id)).toMatchObject({ provider: 'La Ville de Valbrune' });
  expect(await only(place, 'fonds participation')).toMatchObject({ ceilingCents: 100_000 });
});

test('a file that leaves sheets out withdraws none of them, and says how many', async () => {
  const place = await aPlace();
  await imported(place, bytesOf(TABLE));
  const shorter = TABLE.split('\n').slice(0, 2).join('\n');
  expect(await imported(place, bytesOf(shorter))).toMatchObject({ rows: 1, unchanged: 1, missing: 1 });
  expect((await searchSupports(place.staff, { territoryId: place.territoryId })).total).toBe(2);
});

test('columns can be chosen again before anything is written; a file can be given up', async () => {
  const place = await aPlace();
  const { territoryId, staff } = place;
  const importId = await prepared(place, bytesOf('Aide;Pour qui\nCoup de pouce;Les habitants\n'));
  expect((await findSupportImport(staff, territoryId, importId))!.report).toMatchObject({ rejected: 1 });
  must(await settleSupportImport(staff, { territoryId, importId, mapping: { title: 'Aide', whoMay: 'Pour qui' } }));
  expect((await findSupportImport(staff, territoryId, importId))!.report).toMatchObject({ created: 1, rejected: 0 });
  must(await settleSupportImport(staff, { territoryId, importId, mapping: null }));
  expect(await findSupportImport(staff, territoryId, importId)).toMatchObject({ state: 'cancelled', report: null });
});

test('the catalogue is exported and read back without loss; what follows the directory stays with it', async () => {
  const place = await aPlace();
  const { territoryId, staff } = place;
  await aSupport(staff, territoryId, {
    title: 'Fonds « Élan » ; première année',
    summary: '=SOMME(A1)\nDeux lignes',
    minRate: '12,5',
    maxRate: '80',
    ceiling: '1500,50',
    themes: ['remobilisation--lien-social', 'famille--garde-denfants'],
    localThemes: 'fête, quartier',
    legalForms: ['association', 'informal-group'],
    scopeKind: 'circle',
    position: '46.65, 2.69',
    radiusKm: '2,5',
    phone: '06 39 98 00 00',
    closesOn: '2026-06-30'
  });
  const organizationId = await aSheet(engine, territoryId);
  const request = { territoryId, organizationId, serviceId: null, placeIds: [] };
  must(await saveService(staff, { ...request, fields: typedService({ name: 'Écrivain public' }) }));
  const { csv, rows } = await exportSupports(staff, territoryId);
  expect(rows).toBe(2);
  expect(await imported(place, bytesOf(csv))).toMatchObject({ rows: 2, unchanged: 1, followed: 1 });
  const other = await aPlace();
  expect(await imported(other, bytesOf(csv))).toMatchObject({ rows: 2, created: 1, followed: 1 });
  const strip = (text: string) =>
    text
      .split('\r\n')
      .filter((line) => !line.includes('Écrivain'))
      .map((line) => line.replace(/^[0-9a-f-]{36}/, ''));
  expect(strip((await exportSupports(other.staff, other.territoryId)).csv)).toEqual(strip(csv));
  expect((await exportSupports(contextFor(engine), territoryId)).csv).not.toContain('39980000');
});

test('only the team of the territory imports', async () => {
  const { territoryId } = await aPlace();
  const resident = contextFor(engine, await anAccount(engine));
  const request = { territoryId, fileName: 'f.csv', bytes: bytesOf(TABLE), source: null, trueOn: null };
  expect(await prepareSupportImport(resident, request)).toMatchObject({ code: 'not-found' });
  expect(await findSupportImport(resident, territoryId, territoryId as Id)).toBeNull();
});

test.skipIf(!existsSync(AIDS))(
  'the national aids are read, every row accounted for, and again without a change',
  async () => {
    const place = await aPlace();
    for (const [name, count] of [
      ['aides_jeunes_benefits.json', 552],
      ['service_public_fiches_associations_2020.json', 109]
    ] as const) {
      const bytes = new Uint8Array(readFileSync(join(AIDS, name)));
      const first = await imported(place, bytes, name, '2026-03-01');
      expect(first.created + first.rejected).toBe(count);
      console.log(
        `${name}: ${first.rows} rows = ${first.created} created + ${first.rejected} rejected; ${first.problemsTotal} values left`
      );
      expect(first.rejected).toBe(0);
      expect(await imported(place, bytes, name, '2026-03-01')).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: count
      });
    }
    const found = await searchSupports(place.staff, { territoryId: place.territoryId, text: 'bafa haute-savoie' });
    expect(found.items.slice(0, 3).map(({ provider }) => provider)).toContain('CAF de la Haute-Savoie');
    expect(await only(place, 'rédiger les statuts de mon association')).toMatchObject({ kind: 'information' });
  }
);

const SERVICES = join(AIDS, '../services');
test.skipIf(!existsSync(SERVICES))(
  'France services and digital mediation places enter by the directory: their services follow',
  async () => {
    const { territoryId, staff } = await aPlace();
    const france = JSON.parse(readFileSync(join(SERVICES, 'france_services_2020.geojson'), 'utf8')) as {
      features: unknown[];
    };
    const few = bytesOf(JSON.stringify({ ...france, features: france.features.slice(0, 30) }));
    const mednum = new Uint8Array(readFileSync(join(SERVICES, 'mednum_charente_20230711.json')));
    for (const [fileName, bytes] of [
      ['fs.geojson', few],
      ['mednum.json', mednum]
    ] as const) {
      const { runId } = must(await prepareImport(operatorContext(engine), { territoryId, fileName, bytes }));
      must(await runImport(operatorContext(engine), { territoryId, runId }));
    }
    const page = await searchSupports(staff, { territoryId, kinds: ['service'] });
    expect(page.total).toBe(30 + 188);
    expect(await only({ territoryId, staff }, 'aide démarches')).toMatchObject({
      followed: 'service',
      fees: 'gratuit'
    });
  }
);
