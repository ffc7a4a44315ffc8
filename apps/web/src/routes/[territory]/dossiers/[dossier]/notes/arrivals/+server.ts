import { error, json, redirect } from '@sveltejs/kit';
import { noteSchema } from '@terreau/features/support/note.schema';
import { writeNote } from '@terreau/features/support/write-note.command';
import { readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused } from '#lib/server/support/words.ts';
import { withMinutes } from '#lib/server/support/work.ts';
import type { RequestHandler } from './$types';

/**
 * Where a note that waited on a telephone arrives, as often as it needs to: the same form as the page's, with the time
 * at which it was written. `account`: whose note it is. If somebody else is signed in meanwhile, it goes on waiting.
 */
export const POST: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { account, ...values } = withMinutes(await typedIn(event.request));
  if (account && account !== event.locals.context.actor.accountId) redirect(303, '/sign-in');
  const read = readTyped(noteSchema, values);
  if (!read.ok) return json({ errors: read.answer.data.errors }, { status: read.answer.status });
  const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields };
  const verdict = await writeNote(event.locals.context, request);
  if (verdict.ok) return json({ id: verdict.value.id });
  if (verdict.code === 'not-found') error(404);
  const { data, status } = failRefused({ code: verdict.code, details: verdict.details }, values);
  return json({ errors: data.errors }, { status });
};
