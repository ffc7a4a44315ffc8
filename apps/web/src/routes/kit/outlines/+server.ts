import { json } from '@sveltejs/kit';
import { onlyWhereKitIsShown } from '#lib/server/kit-shown.ts';
import { outlines } from '../sample.ts';

export function GET(): Response {
  onlyWhereKitIsShown();
  return json(outlines, { headers: { 'content-type': 'application/geo+json' } });
}
