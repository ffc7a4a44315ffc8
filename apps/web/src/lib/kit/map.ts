import type { Map as MapLibreMap, Marker, StyleSpecification } from 'maplibre-gl';
import { m } from '#texts/messages.js';
import type { Place } from './sketch.ts';

export interface MapPoint extends Place {
  id: string;
  /** As in the list. */
  number: number;
  name: string;
}

export interface OpenMap {
  /** Brings one point forward, or none. */
  select(id: string | null): void;
  close(): void;
}

/**
 * Draws a movable map in `container`. The library (about 300 kB) is loaded here and nowhere else.
 * `outlinesUrl` gives the territory's own GeoJSON; `tiles` a raster tile address if the deployment has one.
 */
export async function openMap(
  container: HTMLElement,
  options: {
    bounds: [number, number, number, number];
    points: MapPoint[];
    outlinesUrl: string | null;
    tiles: { url: string; attribution: string } | null;
    onSelect: (id: string) => void;
  }
): Promise<OpenMap> {
  const [library, worker] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?url'),
    import('maplibre-gl/dist/maplibre-gl.css')
  ]);
  library.setWorkerUrl(worker.default);
  const map = new library.Map({
    container,
    style: styleOf(container, options),
    bounds: options.bounds,
    fitBoundsOptions: { padding: 40, maxZoom: 16 },
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: options.tiles ? { compact: false } : false,
    locale: words()
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
  const markers = new Map(
    options.points.map((point) => [point.id, addMarker(library.Marker, map, point, options.onSelect)])
  );
  return {
    select(id) {
      for (const [key, marker] of markers) marker.getElement().classList.toggle('selected', key === id);
    },
    close: () => map.remove()
  };
}

function addMarker(kind: typeof Marker, map: MapLibreMap, point: MapPoint, onSelect: (id: string) => void): Marker {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'map-point';
  element.textContent = String(point.number);
  element.addEventListener('click', () => onSelect(point.id));
  const marker = new kind({ element }).setLngLat([point.longitude, point.latitude]).addTo(map);
  // After `addTo`, which writes a label and a role of its own.
  element.setAttribute('aria-label', `${point.number}. ${point.name}`);
  element.removeAttribute('role');
  return marker;
}

function styleOf(
  container: HTMLElement,
  { outlinesUrl, tiles }: { outlinesUrl: string | null; tiles: { url: string; attribution: string } | null }
): StyleSpecification {
  const colours = getComputedStyle(container);
  const colour = (name: string) => colours.getPropertyValue(name).trim();
  const style: StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colour('--sunken') } }]
  };
  if (tiles) {
    style.sources['tiles'] = { type: 'raster', tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution };
    style.layers.push({ id: 'tiles', type: 'raster', source: 'tiles' });
  }
  if (outlinesUrl) {
    style.sources['outlines'] = { type: 'geojson', data: new URL(outlinesUrl, location.href).href };
    const fill = { 'fill-color': colour('--leaf-tint'), 'fill-opacity': tiles ? 0.35 : 1 };
    style.layers.push({ id: 'land', type: 'fill', source: 'outlines', paint: fill });
    const line = { 'line-color': colour('--soil'), 'line-width': 1.5 };
    style.layers.push({ id: 'borders', type: 'line', source: 'outlines', paint: line });
  }
  return style;
}

function words(): Record<string, string> {
  return {
    'Map.Title': m.kit_map(),
    'NavigationControl.ZoomIn': m.kit_map_zoom_in(),
    'NavigationControl.ZoomOut': m.kit_map_zoom_out(),
    'CooperativeGesturesHandler.WindowsHelpText': m.kit_map_scroll_help(),
    'CooperativeGesturesHandler.MacHelpText': m.kit_map_scroll_help(),
    'CooperativeGesturesHandler.MobileHelpText': m.kit_map_touch_help()
  };
}
