import type { AreaGeometry } from '@terreau/features/territories/geometry.rules';
import type { Portrait, PriorityNeighbourhood } from '@terreau/features/territories/portrait.query';
import type { Feature, Geometry, Position } from 'geojson';
import { pointIn, sketchOf, type Sketch } from '#lib/kit/sketch.ts';

/** A drawing of the territory small enough for a page: what is drawn is also said in a list beside it. */
export interface PortraitMap {
  readonly width: number;
  readonly height: number;
  /** In the order of the list beside the map; `number` stands on the drawing. */
  readonly neighbourhoods: readonly MapArea[];
  readonly vintages: readonly {
    readonly vintage: 2015 | 2024;
    readonly source: string;
    readonly areas: readonly MapArea[];
  }[];
}

export interface MapArea {
  readonly number: number;
  readonly name: string;
  readonly code: string | null;
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** The outlines of a portrait in one frame, or null when nothing was drawn yet. */
export function portraitMap(portrait: Portrait, territoryName: string): PortraitMap | null {
  const { neighbourhoods, priorityNeighbourhoods, territory } = portrait;
  const drawn = neighbourhoods.flatMap(({ name, outline }) =>
    outline ? [{ name: name ?? '', code: null, outline }] : []
  );
  const ground =
    drawn.length > 0 || !territory.outline ? drawn : [{ name: territoryName, code: null, outline: territory.outline }];
  const shapes = [...ground, ...priorityNeighbourhoods];
  const sketch = sketchOf({ type: 'FeatureCollection', features: shapes.map(featureOf) }, []);
  if (!sketch) return null;
  const areas = shapes.map((shape, index) => ({ shape, area: areaOf(shape, index, sketch) }));
  return {
    width: sketch.width,
    height: sketch.height,
    neighbourhoods: renumbered(areas.slice(0, ground.length).map(({ area }) => area)),
    vintages: ([2015, 2024] as const).flatMap((vintage) => {
      const those = areas.filter(({ shape }) => 'vintage' in shape && shape.vintage === vintage);
      const source = (those[0]?.shape as PriorityNeighbourhood | undefined)?.source ?? '';
      return those.length === 0 ? [] : [{ vintage, source, areas: renumbered(those.map(({ area }) => area)) }];
    })
  };
}

interface Shape {
  readonly name: string;
  readonly code: string | null;
  readonly outline: AreaGeometry;
}

function featureOf({ name, outline }: Shape): Feature {
  return { type: 'Feature', properties: { name }, geometry: outline as unknown as Geometry };
}

function areaOf(shape: Shape, index: number, sketch: Sketch): MapArea {
  const [longitude, latitude] = middleOf(shape.outline);
  return {
    number: 0,
    name: shape.name,
    code: shape.code,
    path: sketch.outlines[index]?.path ?? '',
    ...pointIn(sketch, { longitude, latitude })
  };
}

function renumbered(areas: readonly MapArea[]): MapArea[] {
  return areas.map((area, index) => ({ ...area, number: index + 1 }));
}

/** The centre of gravity of the largest outer ring: where a number stands on the drawing. */
function middleOf(outline: AreaGeometry): [number, number] {
  const rings = (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates).map(
    (rings) => rings[0] ?? []
  );
  const measured = rings.map((ring) => centreOf(ring as readonly Position[]));
  const largest = measured.reduce((one, other) => (other.area > one.area ? other : one), { area: -1, x: 0, y: 0 });
  return [largest.x, largest.y];
}

function centreOf(ring: readonly Position[]): { area: number; x: number; y: number } {
  const [originX = 0, originY = 0] = ring[0] ?? [];
  let [twice, x, y] = [0, 0, 0];
  for (let index = 1; index < ring.length; index += 1) {
    const [x1, y1] = [ring[index - 1]![0]! - originX, ring[index - 1]![1]! - originY];
    const [x2, y2] = [ring[index]![0]! - originX, ring[index]![1]! - originY];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (twice === 0) return { area: 0, x: originX, y: originY };
  return { area: Math.abs(twice) / 2, x: originX + x / (3 * twice), y: originY + y / (3 * twice) };
}
