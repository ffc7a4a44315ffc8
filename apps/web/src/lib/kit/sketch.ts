import type { Feature, FeatureCollection, Position } from 'geojson';

/** A drawing of a territory small enough to sit in the page: SVG paths in a frame `width` × `height`. */
export interface Sketch {
  /** west, south, east, north, in degrees. */
  bounds: [number, number, number, number];
  width: number;
  height: number;
  outlines: { name: string; path: string }[];
}

export interface Place {
  longitude: number;
  latitude: number;
}

const FRAME_WIDTH = 600;
const FRAME_MARGIN = 24;
const SMALLEST_SPAN_DEGREES = 0.005;

/**
 * Draws `outlines` (WGS84 polygons; each feature's `name` property is its name) around `places`.
 * Made on the server: the outline's coordinates need not travel. Null when there is nothing to draw.
 */
export function sketchOf(outlines: FeatureCollection | null, places: Place[]): Sketch | null {
  const features = outlines?.features ?? [];
  const rings = features.map(ringsOf);
  const all = [...rings.flat(2), ...places.map(({ longitude, latitude }): Position => [longitude, latitude])];
  if (all.length === 0) return null;
  const bounds = boundsOf(all);
  const height = frameHeight(bounds);
  const frame = { bounds, width: FRAME_WIDTH, height };
  return {
    ...frame,
    outlines: features.map((feature, index) => ({
      name: String(feature.properties?.['name'] ?? ''),
      path: (rings[index] ?? []).map((ring) => pathOf(ring, frame)).join('')
    }))
  };
}

/** Where a place falls in the frame. */
export function pointIn(frame: Omit<Sketch, 'outlines'>, { longitude, latitude }: Place): { x: number; y: number } {
  const [west, south, east, north] = frame.bounds;
  const across = (longitude - west) / (east - west);
  const down = (north - latitude) / (north - south);
  return {
    x: tenth(FRAME_MARGIN + across * (frame.width - 2 * FRAME_MARGIN)),
    y: tenth(FRAME_MARGIN + down * (frame.height - 2 * FRAME_MARGIN))
  };
}

function ringsOf({ geometry }: Feature): Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat();
  return [];
}

function boundsOf(positions: Position[]): Sketch['bounds'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude = 0, latitude = 0] of positions) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  // One single place still gets some land around it.
  const widen = Math.max(0, SMALLEST_SPAN_DEGREES - (east - west)) / 2;
  const heighten = Math.max(0, SMALLEST_SPAN_DEGREES - (north - south)) / 2;
  return [west - widen, south - heighten, east + widen, north + heighten];
}

/** A degree of longitude shrinks with latitude; a territory is small enough for one scale. */
function frameHeight([west, south, east, north]: Sketch['bounds']): number {
  const middle = (((south + north) / 2) * Math.PI) / 180;
  const ratio = (north - south) / ((east - west) * Math.cos(middle));
  const inner = FRAME_WIDTH - 2 * FRAME_MARGIN;
  return Math.round(Math.min(1.4, Math.max(0.5, ratio)) * inner + 2 * FRAME_MARGIN);
}

/** Points closer than half a unit to the one before are left out: nobody sees them. */
function pathOf(ring: Position[], frame: Omit<Sketch, 'outlines'>): string {
  const kept: { x: number; y: number }[] = [];
  for (const [longitude = 0, latitude = 0] of ring) {
    const point = pointIn(frame, { longitude, latitude });
    const last = kept.at(-1);
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= 0.8) kept.push(point);
  }
  return kept.length < 3 ? '' : `M${kept.map(({ x, y }) => `${x} ${y}`).join('L')}Z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
