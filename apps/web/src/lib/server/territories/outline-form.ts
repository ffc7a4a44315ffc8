import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Context } from '@terreau/database/context';
import { drawNeighbourhoods } from '@terreau/features/territories/draw-neighbourhoods.command';
import { drawPriorityNeighbourhoods } from '@terreau/features/territories/draw-priority-neighbourhoods.command';
import {
  calmName,
  guessCommuneProperty,
  guessNameProperty,
  guessPriorityCodeProperty,
  outlinesByName,
  readOutlineFile,
  type FileOutline,
  type OutlineFile
} from '@terreau/features/territories/outline-file.rules';
import { portrait } from '@terreau/features/territories/portrait.query';
import { communeCodes } from '@terreau/features/territories/search-geography.query';
import { slugOf } from '@terreau/features/territories/slugs.rules';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Id } from '@terreau/kernel/ids';
import { sketchOf, type Sketch } from '#lib/kit/sketch.ts';

/** What the file draws: the territory's own neighbourhoods, or priority ones of one vintage. */
export type OutlineKind = 'neighbourhoods' | '2015' | '2024';

export interface ReadOutlines {
  readonly kind: OutlineKind;
  readonly system: string;
  /** The property that holds the names, and those that could. */
  readonly property: string;
  readonly properties: OutlineFile['properties'];
  readonly areas: readonly {
    readonly name: string;
    readonly code: string | null;
    readonly outline: FileOutline['outline'];
  }[];
  /** Outlines of the file, before those of other communes were left out. */
  readonly inFile: number;
  /** The outlines in WGS84, to come back with the next step. */
  readonly text: string;
}

/** Reads a file of outlines and says what would be drawn. Priority neighbourhoods of other communes are left out. */
export async function readOutlines(
  ctx: Context,
  territoryId: Id,
  asked: { readonly text: string; readonly kind: OutlineKind; readonly property: string }
): Promise<Verdict<ReadOutlines, string>> {
  const file = readOutlineFile(asked.text);
  if (!file.ok) return file;
  const { kind } = asked;
  const property = file.value.properties.some(({ name }) => name === asked.property)
    ? asked.property
    : guessNameProperty(file.value);
  if (property === null) return refuse('no-neighbourhood');
  const codeProperty = kind === 'neighbourhoods' ? null : guessPriorityCodeProperty(file.value);
  if (kind !== 'neighbourhoods' && codeProperty === null) return refuse('no-code');
  const here = kind === 'neighbourhoods' ? file.value.outlines : await ofTheseCommunes(ctx, territoryId, file.value);
  if (here.length === 0) return refuse('nothing-here');
  const areas = outlinesByName(here, codeProperty ?? property).map(({ name, properties, outline }) => ({
    name: calmName(codeProperty ? (properties[property] ?? name) : name),
    code: codeProperty ? name : null,
    outline
  }));
  if (areas.length === 0) return refuse('no-neighbourhood');
  return accept({
    kind,
    system: file.value.system,
    property,
    properties: file.value.properties,
    areas,
    inFile: file.value.outlines.length,
    text: collectionText(here)
  });
}

/** Draws what was read. */
export async function drawOutlines(
  ctx: Context,
  territoryId: Id,
  read: ReadOutlines,
  source: string
): Promise<Verdict<{ drawn: number }, string>> {
  if (source.trim() === '') return refuse('source-missing');
  if (read.kind === 'neighbourhoods') {
    const neighbourhoods = read.areas.map(({ name, outline }) => ({ slug: slugOf(name), name, outline }));
    return drawNeighbourhoods(ctx, { territoryId, neighbourhoods, source });
  }
  const neighbourhoods = read.areas.map(({ name, code, outline }) => ({ code: code!, name, outline }));
  return drawPriorityNeighbourhoods(ctx, {
    territoryId,
    vintage: read.kind === '2015' ? 2015 : 2024,
    neighbourhoods,
    source
  });
}

/** The areas that would be drawn, in a frame small enough for the page. */
export function outlineSketch({ areas }: ReadOutlines): Sketch | null {
  const features = areas.map(({ name, outline }): Feature => ({
    type: 'Feature',
    properties: { name },
    geometry: outline as unknown as Geometry
  }));
  return sketchOf({ type: 'FeatureCollection', features }, []);
}

/** Without a column of commune codes the whole file is taken: it is then somebody's own extract. */
async function ofTheseCommunes(ctx: Context, territoryId: Id, file: OutlineFile): Promise<readonly FileOutline[]> {
  const property = guessCommuneProperty(file);
  if (property === null) return file.outlines;
  const { areas } = await portrait(ctx, territoryId);
  const codes = communeCodes(areas);
  return codes.size === 0
    ? file.outlines
    : file.outlines.filter(({ properties }) => codes.has(properties[property] ?? ''));
}

function collectionText(outlines: readonly FileOutline[]): string {
  const features = outlines.map(({ properties, outline }): Feature => ({
    type: 'Feature',
    properties,
    geometry: outline as unknown as Geometry
  }));
  return JSON.stringify({ type: 'FeatureCollection', features } satisfies FeatureCollection);
}
