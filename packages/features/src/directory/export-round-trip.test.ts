import { operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { validateService, validateStructure } from '@terreau/formats/data-inclusion';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { exportDirectory } from './export-directory.query.ts';
import { writeExport, type ExportFormat } from './export-file.rules.ts';
import { prepareImport } from './prepare-import.command.ts';
import { runImport } from './run-import.command.ts';

const engine = await testDatabase();
const ctx = () => operatorContext(engine);

async function aTerritory(slug: string) {
  const made = await transaction(ctx(), 'create-territory', async (tx) =>
    accept(
      await tx
        .insertInto('territory')
        .values({ slug, name: slug })
        .returning(['id', 'slug', 'name', 'time_zone as timeZone'])
        .executeTakeFirstOrThrow()
    )
  );
  if (!made.ok) throw new Error('refused');
  return made.value;
}

/** A directory with what is hard to carry: formulas, semicolons, line breaks, other alphabets, several places. */
async function aFullDirectory(slug: string) {
  const territory = await aTerritory(slug);
  await transaction(ctx(), 'fill', async (tx) => {
    const shared = { territory_id: territory.id };
    const { id } = await tx
      .insertInto('organization')
      .values({
        ...shared,
        name: '=SOMME(A1) ; l’atelier "du" pré',
        acronym: '@LAP',
        legal_form: 'informal-group',
        siret: '21340172201787',
        rna: 'W343012345',
        description: 'Première ligne ; suite\nDeuxième ligne — Ωμέγα, مرحبا',
        description_en: 'First line; "more"',
        plain_description: 'On répare des objets.',
        promise_months: 3,
        website: 'https://exemple.test/a?b=1;c=2',
        email: 'contact@exemple.test',
        phone: '+33467000000',
        themes: ['numerique--acceder-a-une-connexion-internet', 'sante--acces-aux-soins'],
        local_themes: ['Réparer ; réutiliser', 'MUSIQUE'],
        publics: ['jeunes'],
        networks: ['mission-locale'],
        status: 'published',
        source: 'dora',
        source_id: 'dora-12',
        source_url: 'https://exemple.test/fiche',
        source_updated_on: '2024-05-06'
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const place = { ...shared, organization_id: id };
    const [north, south] = await tx
      .insertInto('place')
      .values([
        {
          ...place,
          label: 'Atelier nord',
          address: '12 bis rue de l’Église',
          address_complement: 'Bât. B',
          postcode: '34000',
          city: 'Montpellier',
          city_code: '34172',
          latitude: 43.61,
          longitude: 3.87,
          accessibility: 'Rampe ; sonnette à droite\nAscenseur',
          opening_hours: 'Mo-Fr 09:00-12:00',
          position: 0
        },
        {
          ...place,
          label: 'Atelier sud',
          address: '3 place du Four',
          postcode: '34070',
          city: 'Montpellier',
          accessibility_url: 'https://acceslibre.test/x',
          position: 1
        }
      ])
      .returning('id')
      .execute();
    const services = await tx
      .insertInto('service')
      .values([
        {
          ...place,
          name: 'Réparer son vélo',
          description: 'On répare ensemble.',
          kind: 'atelier',
          themes: ['mobilite--entretenir-reparer-son-vehicule'],
          publics: ['jeunes'],
          fees: 'gratuit',
          contact_role: 'Accueil ; mécanique',
          reception_modes: ['en-presentiel'],
          hours_per_week: '3.5',
          weeks_count: 12,
          source: 'dora',
          source_id: 's-1',
          position: 0
        },
        { ...place, name: 'Réparer son vélo', description: 'Le même nom, un autre jour.', position: 1 }
      ])
      .returning('id')
      .execute();
    await tx
      .insertInto('service_place')
      .values([
        { service_id: services[0]!.id, place_id: north!.id },
        { service_id: services[0]!.id, place_id: south!.id },
        { service_id: services[1]!.id, place_id: south!.id }
      ])
      .execute();
    await tx
      .insertInto('post')
      .values([
        { ...place, kind: 'need', category: 'room', title: '=Une salle ; le mardi', expires_on: '2030-01-01' },
        {
          ...place,
          kind: 'offer',
          category: 'equipment',
          title: 'Prêt de vélos',
          description: 'Deux vélos\net un casque.',
          state: 'fulfilled',
          outcome: 'Prêtés au collège.',
          expires_on: '2029-12-31'
        }
      ])
      .execute();
    await tx
      .insertInto('organization')
      .values({
        ...shared,
        name: 'Sans rien d’autre qu’un nom',
        source: 'un-fichier-sans-numéros',
        status: 'published'
      })
      .execute();
    await tx
      .insertInto('organization')
      .values({ ...shared, name: 'Pas encore publiée', status: 'held' })
      .execute();
    return accept();
  });
  return territory;
}

async function importBytes(territoryId: string, fileName: string, bytes: Uint8Array) {
  const prepared = await prepareImport(ctx(), { territoryId, fileName, bytes });
  if (!prepared.ok) throw new Error(prepared.code);
  const run = await runImport(ctx(), { territoryId, runId: prepared.value.runId });
  if (!run.ok) throw new Error(run.code);
  return run.value;
}

/** Records without our ids, which a new territory gives anew; places are named by their position. */
function comparable(data: Awaited<ReturnType<typeof exportDirectory>>) {
  return data.records
    .map(({ organization, places, services, posts }) => ({
      organization: { ...organization, id: null },
      places: places.map((place) => ({ ...place, key: null })),
      services: services.map((service) => ({
        ...service,
        key: null,
        placeKeys: service.placeKeys.map((key) => places.findIndex((place) => place.key === key)).sort()
      })),
      posts: posts.map((post) => ({ ...post, key: null })).sort((a, b) => a.title.localeCompare(b.title))
    }))
    .sort((a, b) => a.organization.name.localeCompare(b.organization.name));
}

for (const format of ['csv', 'xlsx', 'json'] as const satisfies readonly ExportFormat[]) {
  test(`what is exported in ${format} is found again, field by field, in an empty territory`, async () => {
    const from = await aFullDirectory(`from-${format}`);
    const to = await aTerritory(`to-${format}`);
    const data = await exportDirectory(ctx(), { territory: from });
    expect(data.records).toHaveLength(2);
    const file = await writeExport(format, data);
    const report = await importBytes(to.id, `annuaire.${file.extension}`, file.bytes);
    expect(report.rejected).toEqual([]);
    expect(comparable(await exportDirectory(ctx(), { territory: to }))).toEqual(comparable(data));
    const again = await importBytes(to.id, `annuaire.${file.extension}`, file.bytes);
    expect(again).toMatchObject({ created: 0, updated: 0, merged: 0, unchanged: again.rows });
    // And into the territory that it comes from: its own ids are recognised.
    expect(await importBytes(from.id, `annuaire.${file.extension}`, file.bytes)).toMatchObject({
      created: 0,
      updated: 0,
      merged: 0
    });
  });
}

test('data·inclusion, GeoJSON and HSDS files are valid and give each organisation once', async () => {
  const territory = await aFullDirectory('others');
  const data = await exportDirectory(ctx(), { territory });
  const read = async (format: ExportFormat) =>
    JSON.parse(new TextDecoder().decode((await writeExport(format, data)).bytes));
  const inclusion = await read('data-inclusion');
  expect(inclusion.structures).toHaveLength(2);
  expect(inclusion.structures.flatMap(validateStructure)).toEqual([]);
  expect(inclusion.services.flatMap(validateService)).toEqual([]);
  const geo = await read('geojson');
  expect(
    geo.features.map((feature: { geometry: { coordinates: number[] } | null }) => feature.geometry?.coordinates)
  ).toContainEqual([3.87, 43.61]);
  expect((await read('hsds')).organizations).toHaveLength(2);
  expect(
    await importBytes(
      (await aTerritory('others-in')).id,
      'x.data-inclusion.json',
      (await writeExport('data-inclusion', data)).bytes
    )
  ).toMatchObject({ rejected: [] });
});

test('only published sheets leave, and the filters of the list page hold', async () => {
  const territory = await aFullDirectory('filtered');
  const data = await exportDirectory(ctx(), { territory, search: { themes: ['sante--acces-aux-soins'] } });
  expect(data.records.map((record) => record.organization.acronym)).toEqual(['@LAP']);
});

test('a spreadsheet opens no formula from an exported name', async () => {
  const territory = await aFullDirectory('formula');
  const file = await writeExport('csv', await exportDirectory(ctx(), { territory }));
  expect(new TextDecoder().decode(file.bytes)).not.toMatch(/(^|[;\n])"?[=+@]/m);
});
