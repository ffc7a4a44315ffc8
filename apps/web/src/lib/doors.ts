/** The three ways in, as they stand in the address: `?door=idea`. */
export const doors = ['idea', 'need', 'help'] as const;
export type DoorName = (typeof doors)[number];

/** The door named in an address, or null for somebody who just wants to talk. */
export function doorOf(url: URL): DoorName | null {
  const asked = url.searchParams.get('door');
  return doors.find((door) => door === asked) ?? null;
}
