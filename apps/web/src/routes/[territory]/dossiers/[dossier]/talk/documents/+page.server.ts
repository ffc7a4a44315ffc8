import { error, redirect } from '@sveltejs/kit';
import { addDocument } from '@terreau/features/support/add-document.command';
import { DOCUMENT_MAX_BYTES, DOSSIER_DOCUMENTS_MAX_BYTES } from '@terreau/features/support/document.rules';
import { listDocuments } from '@terreau/features/support/list-documents.query';
import { removeDocument } from '@terreau/features/support/remove-document.command';
import { AUDIENCES } from '@terreau/features/support/talk.schema';
import { textIn } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { AUDIENCE_WORDS, failTalk } from '#lib/server/support/talk-words.ts';
import { uploadIn } from '#lib/server/support/upload.ts';
import { optionsOf } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const MEGABYTE = 1_000_000;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const { head, ...page } = orNotFound(await listDocuments(event.locals.context, request));
  return {
    ...page,
    dossier: head,
    documents: page.documents.map((document) => ({
      ...document,
      mayRemove: page.mayRemoveAny || (page.mayAdd && document.isOwn)
    })),
    audiences: page.mayAdvise ? optionsOf(AUDIENCE_WORDS, AUDIENCES) : [],
    maxMegabytes: DOSSIER_DOCUMENTS_MAX_BYTES / MEGABYTE,
    fileMegabytes: DOCUMENT_MAX_BYTES / MEGABYTE,
    done: event.url.searchParams.get('done')
  };
};

export const actions: Actions = {
  add: async (event) => {
    const territory = await signedInAt(event);
    const { typed, bytes, name } = await uploadIn(event.request);
    const verdict = await addDocument(event.locals.context, (await platform()).files, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      name,
      bytes,
      audience: AUDIENCES.find((one) => one === textIn(typed, 'audience')) ?? 'circle'
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done=added`);
    if (verdict.code === 'not-found') error(404);
    return failTalk({ code: verdict.code, details: verdict.details }, typed, 'file');
  },
  remove: async (event) => {
    const territory = await signedInAt(event);
    const typed = await typedIn(event.request);
    const request = {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      documentId: textIn(typed, 'document')
    };
    const verdict = await removeDocument(event.locals.context, (await platform()).files, request);
    if (!verdict.ok) error(404);
    redirect(303, `${event.url.pathname}?done=removed`);
  }
};
