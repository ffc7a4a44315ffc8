import type { DirectoryGround } from '@terreau/features/directory/directory-ground.query';
import type { Feature, FeatureCollection, Geometry } from 'geojson';

/** The outlines under the points of a map: the neighbourhoods where they are drawn, else the territory. */
export function outlinesOf(ground: DirectoryGround, territoryName: string): FeatureCollection {
  const drawn = ground.neighbourhoods.filter((each) => each.outline !== null);
  const shapes = drawn.length > 0 ? drawn : [{ name: territoryName, outline: ground.outline }];
  return {
    type: 'FeatureCollection',
    features: shapes
      .filter((shape) => shape.outline !== null)
      .map(({ name, outline }): Feature => ({ type: 'Feature', properties: { name }, geometry: outline as Geometry }))
  };
}

/** The middle of an outline's frame, as `latitude,longitude`: good enough to say "near this neighbourhood". */
export function middleOf(outline: unknown): string | null {
  const positions = positionsIn((outline as { coordinates?: unknown } | null)?.coordinates);
  if (positions.length === 0) return null;
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return `${middle(latitudes).toFixed(4)},${middle(longitudes).toFixed(4)}`;
}

const POSITIONS_MAX_COUNT = 20_000;

function positionsIn(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [first, second] = coordinates as unknown[];
  if (typeof first === 'number' && typeof second === 'number') return [[first, second]];
  return coordinates.flatMap(positionsIn).slice(0, POSITIONS_MAX_COUNT);
}
