import { json } from '@sveltejs/kit';
import { saveDraft } from '@terreau/features/orientation/save-draft.command';
import { doorCode, keepDoorCode } from '#lib/server/door/door-cookie.ts';
import { doorAt, typedAtDoor } from '#lib/server/door/door-form.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import type { RequestHandler } from './$types';

/** Keeps what is being typed. Answers the code that brings it back elsewhere. */
export const PUT: RequestHandler = async ({ locals, params, request, cookies, url, getClientAddress }) => {
  const door = doorAt(params.kind);
  const territory = await territoryAt(locals, params.territory);
  const verdict = await saveDraft(locals.context, {
    territoryId: territory.id,
    door,
    typed: typedAtDoor(await request.formData()),
    code: doorCode(cookies) || null,
    address: getClientAddress()
  });
  if (!verdict.ok) return json({ refusal: verdict.code }, { status: verdict.code === 'not-found' ? 404 : 429 });
  keepDoorCode(cookies, url, territory.slug, verdict.value.code);
  return json({ code: verdict.value.code });
};
