import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { seedDemonstration } from '../demonstration/seed-demonstration.command.ts';
import { findTerritory } from '../territories/find-territory.query.ts';
import { exportDirectory } from './export-directory.query.ts';
import { writeExport, type ExportFormat } from './export-file.rules.ts';
import type { ImportReport } from './import-report.rules.ts';
import { prepareImport } from './prepare-import.command.ts';
import { runImport } from './run-import.command.ts';

const engine = await testDatabase();
const ctx = () => operatorContext(engine);

if (!(await seedDemonstration(ctx(), 'valbrune-se-visite-librement')).ok) throw new Error('refused');
const valbrune = (await findTerritory(ctx(), 'valbrune'))!;

/** A territory with the neighbourhoods of Valbrune and nobody in it. */
async function anEmptyValbrune(slug: string) {
  const made = await transaction(ctx(), 'create-territory', async (tx) => {
    const territory = await tx
      .insertInto('territory')
      .values({ slug, name: 'Valbrune' })
      .returning(['id', 'slug', 'name', 'time_zone as timeZone'])
      .executeTakeFirstOrThrow();
    const neighbourhoods = await tx
      .selectFrom('neighbourhood')
      .selectAll()
      .where('territory_id', '=', valbrune.id)
      .execute();
    await tx
      .insertInto('neighbourhood')
      .values(
        neighbourhoods.map(({ outline, ...row }) => ({
          ...row,
          id: newId(),
          outline: outline === null ? null : JSON.stringify(outline),
          territory_id: territory.id
        }))
      )
      .execute();
    return accept(territory);
  });
  if (!made.ok) throw new Error('refused');
  return made.value;
}

async function importExport(format: ExportFormat, territoryId: string): Promise<ImportReport> {
  const file = await writeExport(format, await exportDirectory(ctx(), { territory: valbrune }));
  const prepared = await prepareImport(ctx(), {
    territoryId,
    fileName: `annuaire.${file.extension}`,
    bytes: file.bytes
  });
  if (!prepared.ok) throw new Error(prepared.code);
  const run = await runImport(ctx(), { territoryId, runId: prepared.value.runId });
  if (!run.ok) throw new Error(run.code);
  return run.value;
}

/** What belongs to the row or to the platform rather than to what the sheet says. */
const OWN_COLUMNS = new Set([
  'id',
  'territory_id',
  'organization_id',
  'neighbourhood_id',
  'created_by',
  'created_at',
  'updated_at',
  'published_at',
  'confirmed_at',
  'stale_at',
  'confirm_token_hash',
  'posted_by',
  'posted_at',
  'state_changed_at'
]);

/** Every column of every published sheet, of its places, its services and its live posts, by name. */
async function sheetsOf(territoryId: string) {
  return reading(ctx(), async (tx) => {
    const organizations = await tx
      .selectFrom('organization')
      .selectAll()
      .where('territory_id', '=', territoryId)
      .where('status', '=', 'published')
      .execute();
    const places = await tx
      .selectFrom('place')
      .leftJoin('neighbourhood', 'neighbourhood.id', 'place.neighbourhood_id')
      .selectAll('place')
      .select('neighbourhood.name as neighbourhood')
      .where('place.territory_id', '=', territoryId)
      .orderBy('place.position')
      .execute();
    const services = await tx
      .selectFrom('service')
      .selectAll()
      .where('territory_id', '=', territoryId)
      .orderBy('position')
      .execute();
    const links = await tx.selectFrom('service_place').selectAll().execute();
    const posts = await tx
      .selectFrom('post')
      .selectAll()
      .where('territory_id', '=', territoryId)
      .where('state', 'in', ['open', 'in-contact'])
      .execute();
    return organizations
      .map((organization) => {
        const owned = places.filter((place) => place.organization_id === organization.id);
        return {
          organization: statedBy(organization),
          places: owned.map(statedBy),
          services: services
            .filter((service) => service.organization_id === organization.id)
            .map((service) => ({
              ...statedBy(service),
              at: links
                .filter((link) => link.service_id === service.id)
                .map((link) => owned.findIndex((place) => place.id === link.place_id))
                .sort()
            })),
          posts: posts
            .filter((post) => post.organization_id === organization.id)
            .map(statedBy)
            .sort((a, b) => String(a['title']).localeCompare(String(b['title'])))
        };
      })
      .sort((a, b) => String(a.organization['name']).localeCompare(String(b.organization['name'])));
  });
}

function statedBy(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !OWN_COLUMNS.has(column)));
}

for (const format of ['csv', 'xlsx', 'json'] as const) {
  test(
    `the whole of Valbrune, exported in ${format}, comes back column by column in an empty territory`,
    { timeout: 60_000 },
    async () => {
      const empty = await anEmptyValbrune(`vide-${format}`);
      const report = await importExport(format, empty.id);
      expect(report).toMatchObject({ rejected: [], warningsTotal: 0 });
      const before = await sheetsOf(valbrune.id);
      expect(before.length).toBeGreaterThan(100);
      expect(before.some((sheet) => sheet.posts.length > 0)).toBe(true);
      expect(before.some((sheet) => sheet.organization['plain_description'] !== null)).toBe(true);
      expect(await sheetsOf(empty.id)).toEqual(before);
    }
  );
}

test('GeoJSON brings the organisations and their places back, and says what it left out', async () => {
  const empty = await anEmptyValbrune('vide-geojson');
  expect(await importExport('geojson', empty.id)).toMatchObject({ rejected: [] });
  const strip = ({ organization, places }: Awaited<ReturnType<typeof sheetsOf>>[number]) => ({
    organization: { ...organization, promise_months: null },
    places
  });
  expect((await sheetsOf(empty.id)).map(strip)).toEqual((await sheetsOf(valbrune.id)).map(strip));
  const file = await writeExport('geojson', await exportDirectory(ctx(), { territory: valbrune }));
  expect(file.left.map(({ of, field }) => `${of}.${field}`).sort()).toEqual([
    'organization.promiseMonths',
    'post.*',
    'service.*'
  ]);
});

test('HSDS brings organisations, services and locations back, and says what it left out', async () => {
  const empty = await anEmptyValbrune('vide-hsds');
  expect(await importExport('hsds', empty.id)).toMatchObject({ rejected: [] });
  const data = await exportDirectory(ctx(), { territory: valbrune });
  const { left } = await writeExport('hsds', data);
  const leftOf = (of: string) => left.filter((one) => one.of === of).map((one) => one.field);
  const kept = async (territory: typeof valbrune | typeof empty) =>
    (await exportDirectory(ctx(), { territory })).records
      .map(({ organization, places, services }) => ({
        organization: without(organization, ['id', 'source', 'sourceId', ...leftOf('organization')]),
        places: places.map((place) => without(place, ['key', ...leftOf('place')])),
        services: services.map((service) => ({
          ...without(service, ['key', 'source', 'sourceId', 'placeKeys', ...leftOf('service')]),
          at: service.placeKeys.map((key) => places.findIndex((place) => place.key === key)).sort()
        }))
      }))
      .sort((a, b) => String(a.organization['name']).localeCompare(String(b.organization['name'])));
  expect(leftOf('post')).toEqual(['*']);
  expect(await kept(empty)).toEqual(await kept(valbrune));
});

function without(shape: object, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).filter(([field]) => !fields.includes(field)));
}
