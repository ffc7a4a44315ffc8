import { existsSync, readFileSync } from 'node:fs';
import { project } from '@terreau/formats/coordinates';
import { expect, test } from 'vitest';
import {
  calmName,
  guessCommuneProperty,
  guessNameProperty,
  guessPriorityCodeProperty,
  outlinesByName,
  readOutlineFile,
  type OutlineFile
} from './outline-file.rules.ts';

const degrees = [
  [3.87, 43.6],
  [3.88, 43.6],
  [3.88, 43.61],
  [3.87, 43.6]
];
const metres = degrees.map(([longitude, latitude]) => {
  const { x, y } = project('lambert-93', { longitude: longitude!, latitude: latitude! });
  return [x, y];
});
const file = (ring: unknown, more: object = {}, properties: object = { nom: 'Écusson' }) =>
  JSON.stringify({
    type: 'FeatureCollection',
    ...more,
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }]
  });
const must = (text: string): OutlineFile => {
  const read = readOutlineFile(text);
  if (!read.ok) throw new Error(read.code);
  return read.value;
};

test('outlines in Lambert-93 that declare nothing are recognised and land where they should, to the metre', () => {
  const read = must(file(metres));
  expect(read.system).toBe('lambert-93');
  expect(read.outlines[0]!.outline).toEqual(must(file(degrees)).outlines[0]!.outline);
});

test('what cannot be placed surely is refused, each with its reason', () => {
  const code = (text: string) => {
    const read = readOutlineFile(text);
    return read.ok ? 'accepted' : read.code;
  };
  expect(code('')).toBe('file-empty');
  expect(code('<kml/>')).toBe('not-geojson');
  expect(code('{"type":"Feature"}')).toBe('not-geojson');
  expect(
    code(
      JSON.stringify({ type: 'FeatureCollection', features: [{ geometry: { type: 'Point', coordinates: [3, 43] } }] })
    )
  ).toBe('no-area');
  expect(code(file(degrees.map(([x, y]) => [x! + 30, y])))).toBe('coordinates-unknown-system');
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } };
  expect(code(file(metres, { crs }))).toBe('accepted');
  expect(code(file(degrees, { crs }))).toBe('coordinates-contradict');
});

test('pieces of one name are one neighbourhood; capitals are calmed, other spellings left alone', () => {
  const piece = (nom: string) => ({ properties: { nom }, outline: must(file(degrees)).outlines[0]!.outline });
  const joined = outlinesByName([piece('Port'), piece('Gare'), piece('Port'), piece('')], 'nom');
  expect(joined.map(({ name, outline }) => [name, outline.coordinates.length])).toEqual([
    ['Port', 2],
    ['Gare', 1]
  ]);
  expect(calmName('HOPITAUX-FACULTES')).toBe('Hopitaux-Facultes');
  expect(calmName("CROIX D'ARGENT")).toBe("Croix d'Argent");
  expect(calmName('LES CEVENNES DE LA TOUR')).toBe('Les Cevennes de la Tour');
  expect(calmName('Plan des 4 Seigneurs')).toBe('Plan des 4 Seigneurs');
});

const shared = new URL('../../../../../shared/data/', import.meta.url);
if (!existsSync(shared))
  console.warn('The open data beside the repository is absent: real outline files were not tried.');

test.skipIf(!existsSync(shared))(
  'the city’s and the State’s own files are read, and their names and codes found',
  () => {
    const read = (path: string) => must(readFileSync(new URL(path, shared), 'utf8'));
    const quarters = read('montpellier/VilleMTP_MTP_Quartiers.geojson');
    expect(guessNameProperty(quarters)).toBe('LIBQUART');
    expect(outlinesByName(quarters.outlines, 'LIBQUART')).toHaveLength(7);
    const smaller = read('montpellier/VilleMTP_MTP_SousQuartiers.geojson');
    expect(guessNameProperty(smaller)).toBe('LIBSQUART');
    expect(outlinesByName(smaller.outlines, 'LIBSQUART')).toHaveLength(31);
    const priority = read('geography/qpv2015_occitanie.geojson');
    expect([guessNameProperty(priority), guessPriorityCodeProperty(priority), guessCommuneProperty(priority)]).toEqual([
      'nom_qp',
      'code_qp',
      'code_commune'
    ]);
    expect(priority.outlines.filter(({ properties }) => properties['code_commune'] === '34172')).toHaveLength(12);
  }
);
