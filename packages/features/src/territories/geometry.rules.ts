/** A GeoJSON position in WGS84: longitude, then latitude, in decimal degrees. */
export type Position = readonly number[];

/** An area on the map: what outlines of territories and neighbourhoods are made of. */
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Whether the point lies inside the area; a point exactly on a border may be said to be on either side. */
export function contains(area: AreaGeometry, longitude: number, latitude: number): boolean {
  return polygonsOf(area).some(
    ([outer, ...holes]) =>
      outer !== undefined &&
      insideRing(outer, longitude, latitude) &&
      !holes.some((hole) => insideRing(hole, longitude, latitude))
  );
}

/** The smallest box around the areas, or null when there is nothing to surround. */
export function boxAround(areas: readonly AreaGeometry[]): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const area of areas) {
    for (const ring of polygonsOf(area)) {
      for (const [longitude = NaN, latitude = NaN] of ring[0] ?? []) {
        west = Math.min(west, longitude);
        east = Math.max(east, longitude);
        south = Math.min(south, latitude);
        north = Math.max(north, latitude);
      }
    }
  }
  return west <= east && south <= north ? { west, south, east, north } : null;
}

/** Whether every position is a plausible WGS84 one and every ring is closed. Metres (Lambert-93) fail here. */
export function isWgs84Area(geometry: unknown): geometry is AreaGeometry {
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry) || !('coordinates' in geometry))
    return false;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return false;
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Position[][][];
  return (
    Array.isArray(polygons) &&
    polygons.length > 0 &&
    polygons.every((rings) => Array.isArray(rings) && rings.length > 0 && rings.every(isClosedRing))
  );
}

function isClosedRing(ring: readonly Position[]): boolean {
  if (!Array.isArray(ring) || ring.length < 4) return false;
  const first = ring[0]!;
  const last = ring.at(-1)!;
  return (
    first[0] === last[0] &&
    first[1] === last[1] &&
    ring.every(
      (position) =>
        Array.isArray(position) &&
        Math.abs(Number(position[0])) <= 180 &&
        Math.abs(Number(position[1])) <= 90 &&
        position.length >= 2
    )
  );
}

function polygonsOf(area: AreaGeometry): readonly (readonly (readonly Position[])[])[] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
}

/** Even-odd rule: a ray towards the east crosses the ring an odd number of times. */
function insideRing(ring: readonly Position[], longitude: number, latitude: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x1 = 0, y1 = 0] = ring[i]!;
    const [x2 = 0, y2 = 0] = ring[j]!;
    if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
