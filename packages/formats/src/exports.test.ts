import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { isId } from '@terreau/kernel/ids';
import { directoryDataInclusion, validateService, validateStructure } from './data-inclusion/data-inclusion.ts';
import { NETWORKS, PUBLICS, THEMES } from './data-inclusion/vocabulary.ts';
import { detectPreset } from './detect.ts';
import type { DirectoryExport, DirectoryRecord, ExportedRecord } from './directory-record.ts';
import { blankOrganization, blankPlace, blankPost, blankService } from './directory-record.ts';
import { mapTable } from './map-table.ts';
import { readTable } from './read-table.ts';
import { gatherRecords } from './tabular-export.ts';
import { writeDirectoryCsv } from './write-csv.ts';
import { directoryFeatures, signedArea, windRings, writeGeojson, type Coordinates } from './write-geojson.ts';
import { directoryHsds } from './write-hsds.ts';
import { writeDirectoryJson } from './write-json.ts';
import { writeDirectoryXlsx } from './write-xlsx.ts';

// Each round trip writes and reads whole files, many times over.
vi.setConfig({ testTimeout: 60_000 });

/** Text as a form keeps it: no outer blanks, single line ends, and now and then what a spreadsheet would run. */
const anyText = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      '=1+1',
      '@x',
      '-',
      "'=a",
      'a;b\\c',
      'Été « 2 »',
      'a\nb',
      '+33',
      '1E5',
      '007',
      '_x0041_',
      'constructor',
      '__proto__'
    )
  )
  // XML cannot hold other control characters: forms refuse them as well.
  .map((text) => text.replace(/[^\P{Cc}\n]|[\ud800-\udfff\ufffe\uffff]/gu, '').trim())
  .filter((text) => text !== '');
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const codes = <Code extends string>(list: readonly { readonly code: Code }[]) =>
  fc.uniqueArray(fc.constantFrom(...list.map((entry) => entry.code)), { maxLength: 3 });
const anyUrl = fc.constantFrom('https://exemple.fr', 'http://exemple.fr/a?b=c;d');
const anyDate = fc.constantFrom('2026-02-23', '2024-12-31');

const anyRecord: fc.Arbitrary<ExportedRecord> = fc
  .record({
    id: fc.uuid(),
    name: anyText,
    description: maybe(anyText),
    descriptionEn: maybe(anyText),
    plainDescription: maybe(anyText),
    promiseMonths: maybe(fc.constantFrom(1, 3, 6, 12, 16)),
    accessibility: maybe(anyText),
    contactRole: maybe(anyText),
    post: fc.record({ kind: fc.constantFrom('need', 'offer'), title: anyText, outcome: maybe(anyText) }),
    siret: maybe(fc.constantFrom('82917522300033', '35600000015280')),
    rna: maybe(fc.constant('W343012345')),
    website: maybe(anyUrl),
    themes: codes(THEMES),
    publics: codes(PUBLICS),
    networks: codes(NETWORKS),
    words: fc.uniqueArray(anyText, { maxLength: 3 }),
    updatedOn: maybe(anyDate),
    status: fc.constantFrom('active' as const, 'closed' as const, null),
    label: maybe(anyText),
    address: maybe(anyText),
    position: maybe(
      fc.tuple(fc.double({ min: 41, max: 51, noNaN: true }), fc.double({ min: -5, max: 9, noNaN: true }))
    ),
    service: anyText,
    serviceDescription: maybe(anyText),
    hours: maybe(fc.integer({ min: 0, max: 240 }).map((quarters) => quarters / 4)),
    zone: fc.uniqueArray(fc.constantFrom('34172', '34', 'france'), { maxLength: 2 })
  })
  .map((said) => ({
    organization: {
      ...blankOrganization(said.name),
      id: said.id,
      description: said.description,
      descriptionEn: said.descriptionEn,
      plainDescription: said.plainDescription,
      promiseMonths: said.promiseMonths,
      siret: said.siret,
      rna: said.rna,
      website: said.website,
      themes: said.themes,
      publics: said.publics,
      networks: said.networks,
      words: said.words,
      updatedOn: said.updatedOn,
      status: said.status
    },
    places: [
      {
        ...blankPlace(`${said.id}-lieu`),
        label: said.label,
        address: said.address,
        accessibility: said.accessibility,
        latitude: said.position?.[0] ?? null,
        longitude: said.position === null ? null : said.position[1] + 0
      }
    ],
    services: [
      {
        ...blankService(`${said.id}-service`, said.service),
        description: said.serviceDescription,
        contactRole: said.contactRole,
        themes: said.themes,
        weeklyHours: said.hours,
        eligibilityZone: said.zone,
        placeKeys: [`${said.id}-lieu`]
      }
    ],
    posts: [
      {
        ...blankPost(`${said.id}-post`),
        ...said.post,
        category: 'room',
        state: 'open',
        expiresOn: '2026-12-31',
        description: said.description
      }
    ]
  }));

const anyExport: fc.Arbitrary<DirectoryExport> = fc
  .uniqueArray(anyRecord, { minLength: 1, maxLength: 4, selector: (record) => record.organization.id })
  .map((records) => ({ title: 'Valbrune', source: 'terreau-valbrune', exportedOn: '2026-06-15', records }));

async function readBack(bytes: Uint8Array): Promise<DirectoryRecord[]> {
  const read = await readTable(bytes, 'export');
  if (!read.ok) throw new Error(read.code);
  const { preset } = detectPreset(read.value);
  expect(preset.name).toBe('terreau');
  const { rows } = mapTable(read.value, preset);
  expect(rows.flatMap((row) => row.problems)).toEqual([]);
  return gatherRecords(rows.map((row) => row.record!));
}

describe('what is exported can be imported again without loss', () => {
  test('CSV', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async (data) => {
        expect(await readBack(new TextEncoder().encode(writeDirectoryCsv(data)))).toEqual(data.records);
      })
    );
  });

  test('XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async (data) => {
        expect(await readBack(await writeDirectoryXlsx(data))).toEqual(data.records);
      }),
      { numRuns: 15 }
    );
  });

  test('JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async (data) => {
        expect(await readBack(new TextEncoder().encode(writeDirectoryJson(data)))).toEqual(data.records);
      })
    );
  });

  test('an export that was tampered with loses what does not hold, says so, and only that', async () => {
    const organization = {
      ...blankOrganization('Le Foyer'),
      id: 'a',
      website: 'javascript:alert(1)',
      siret: '123',
      themes: ['sante--addictions', 'inconnu']
    };
    const root = {
      format: 'terreau-directory',
      version: 1,
      records: [{ organization, places: [{ key: 'p', latitude: 999, longitude: 3 }], services: 'x' }, 3, {}]
    };
    const read = await readTable(new TextEncoder().encode(JSON.stringify(root)), 'annuaire.json');
    if (!read.ok) throw new Error(read.code);
    const rows = mapTable(read.value, detectPreset(read.value).preset).rows;
    const [first] = gatherRecords(rows.flatMap((row) => row.record ?? []));
    expect(first!.organization).toMatchObject({
      name: 'Le Foyer',
      website: null,
      siret: null,
      themes: ['sante--addictions']
    });
    expect(first!.places[0]).toMatchObject({ key: 'p', latitude: null, longitude: null });
    expect(rows.map((row) => row.problems.map((problem) => problem.reason).sort())).toEqual([
      ['code-unknown', 'siret-wrong-key', 'url-malformed'],
      ['coordinates-malformed'],
      ['required-value-missing'],
      ['required-value-missing']
    ]);
    for (const text of ['{"format":"terreau-directory","version":9,"records":[]}', '{}'])
      expect(await readTable(new TextEncoder().encode(text), 'a.json')).toMatchObject({
        ok: false,
        code: 'format-unknown'
      });
  });
});

describe('exchange formats', () => {
  test('data·inclusion: all that is written is valid, all that is not is listed', () => {
    fc.assert(
      fc.property(anyExport, (data) => {
        const { structures, services, left } = directoryDataInclusion(data);
        for (const row of structures) expect(validateStructure(row)).toEqual([]);
        for (const row of services) expect(validateService(row)).toEqual([]);
        const whole = left.filter(({ field }) => field === '*');
        expect(structures.length + whole.filter(({ kind }) => kind === 'structure').length).toBe(data.records.length);
        expect(services.length + whole.filter(({ kind }) => kind === 'service').length).toBe(data.records.length);
      })
    );
  });

  test('each breach of the schema has its name', () => {
    const sound = { source: 's', id: '1', nom: 'Le Foyer', date_maj: '2026-02-23' };
    expect(validateStructure(sound)).toEqual([]);
    const broken = {
      ...sound,
      nom: 'LF',
      siret: '123',
      courriel: 'x',
      site_web: 'javascript:x',
      latitude: '43',
      reseaux_porteurs: ['caf', 'caf'],
      date_maj: '2026-02-30',
      description: 'x'.repeat(10_001)
    };
    expect(Object.fromEntries(validateStructure(broken).map(({ field, reason }) => [field, reason]))).toEqual({
      nom: 'too-short',
      siret: 'pattern',
      courriel: 'pattern',
      site_web: 'pattern',
      latitude: 'type',
      reseaux_porteurs: 'repeated',
      date_maj: 'pattern',
      description: 'too-long'
    });
    const service = {
      ...sound,
      structure_id: '1',
      description: 'Une aide.',
      publics: [],
      thematiques: ['x'],
      nombre_semaines: 0,
      zone_eligibilite: ['34', '!']
    };
    expect(Object.fromEntries(validateService(service).map(({ field, reason }) => [field, reason]))).toEqual({
      publics: 'too-few',
      thematiques: 'code-unknown',
      nombre_semaines: 'too-small',
      zone_eligibilite: 'pattern'
    });
    expect(validateService({})).toHaveLength(6);
  });

  test('GeoJSON: longitude first, no crs, one feature a place, read back where it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async (data) => {
        const text = writeGeojson(directoryFeatures(data));
        expect(text).not.toContain('"crs"');
        const read = await readTable(new TextEncoder().encode(text), 'a.geojson');
        if (!read.ok) throw new Error(read.code);
        const back = mapTable(read.value, detectPreset(read.value).preset).rows.map(
          (row) => row.record?.places[0]?.latitude ?? null
        );
        for (const [index, record] of data.records.entries()) {
          const { latitude } = record.places[0]!;
          if (latitude !== null && back[index] !== null) expect(back[index]).toBeCloseTo(latitude, 6);
          if (latitude === null) expect(back[index]).toBeNull();
        }
      })
    );
  });

  test('outlines are wound by the right-hand rule, whichever way they came, and closed', () => {
    const square: Coordinates[] = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0]
    ];
    const hole: Coordinates[] = [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.8, 0.8],
      [0.2, 0.8],
      [0.2, 0.2]
    ];
    for (const outer of [square, [...square].reverse()])
      for (const inner of [hole, [...hole].reverse()]) {
        const [first, second] = windRings({ type: 'Polygon', coordinates: [outer, inner] }).coordinates as [
          Coordinates[],
          Coordinates[]
        ];
        expect(signedArea(first)).toBeGreaterThan(0);
        expect(signedArea(second)).toBeLessThan(0);
        expect(first[0]).toEqual(first[first.length - 1]);
      }
  });

  test('HSDS: every link leads somewhere, ids are UUIDs and unique, two exports agree', () => {
    fc.assert(
      fc.property(anyExport, (data) => {
        const document = directoryHsds(data);
        const all = [document.organizations, document.services, document.locations, document.taxonomy_terms].map(
          (list) => list.map(({ id }) => id)
        );
        for (const ids of all) expect(new Set(ids).size).toBe(ids.length);
        for (const id of all.flat()) expect(isId(id) || /^[0-9a-f-]{36}$/.test(id)).toBe(true);
        const [organizations, , locations, terms] = all.map((ids) => new Set(ids));
        for (const service of document.services) {
          expect(organizations).toContain(service['organization_id']);
          for (const at of (service['service_at_locations'] ?? []) as { location_id: string }[])
            expect(locations).toContain(at.location_id);
          for (const attribute of (service['attributes'] ?? []) as { taxonomy_term_id: string }[])
            expect(terms).toContain(attribute.taxonomy_term_id);
        }
        expect(directoryHsds(data)).toEqual(document);
      })
    );
  });
});

test('the vocabulary has the counts of data·inclusion v1', () => {
  expect([THEMES.length, PUBLICS.length, NETWORKS.length]).toEqual([69, 14, 108]);
  for (const theme of THEMES) expect(theme.code.startsWith(`${theme.group}--`)).toBe(true);
});
