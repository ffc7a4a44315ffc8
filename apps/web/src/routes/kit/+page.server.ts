import { sketchOf } from '#lib/kit/sketch.ts';
import { readDateParts } from '#lib/kit/date-parts.ts';
import { onlyWhereKitIsShown } from '#lib/server/kit-shown.ts';
import { fail } from '@sveltejs/kit';
import { outlines, places } from './sample.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {
  onlyWhereKitIsShown();
  const located = places.flatMap(({ longitude, latitude }) =>
    longitude === null || latitude === null ? [] : [{ longitude, latitude }]
  );
  return { places, sketch: sketchOf(outlines, located) };
};

export const actions: Actions = {
  // Always refuses, to show what a form looks like when it comes back.
  default: async ({ request }) => {
    onlyWhereKitIsShown();
    const form = await request.formData();
    const { parts } = readDateParts(form, 'founded');
    return fail(422, { name: String(form.get('name') ?? ''), founded: parts });
  }
};
