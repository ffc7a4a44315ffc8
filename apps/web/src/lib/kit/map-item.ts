/** What a list with a map needs to know of an entry; null coordinates: it is in the list only. */
export interface MapItem {
  id: string;
  name: string;
  longitude: number | null;
  latitude: number | null;
}
