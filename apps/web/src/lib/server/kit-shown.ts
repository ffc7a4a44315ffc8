import { error } from '@sveltejs/kit';

/** The kit's pages exist in development, and where `TERREAU_KIT=1`; elsewhere they answer like any absent page. */
export function onlyWhereKitIsShown(): void {
  if (!import.meta.env.DEV && process.env['TERREAU_KIT'] !== '1') error(404, 'not found');
}
