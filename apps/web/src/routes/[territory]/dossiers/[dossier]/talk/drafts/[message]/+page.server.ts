import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { searchDirectory } from '@terreau/features/directory/search-directory.query';
import { searchSupports } from '@terreau/features/orientation/search-supports.query';
import { addDocument } from '@terreau/features/support/add-document.command';
import { addPiece } from '@terreau/features/support/add-piece.command';
import { arrangePiece } from '@terreau/features/support/arrange-piece.command';
import { DOCUMENT_MAX_BYTES } from '@terreau/features/support/document.rules';
import { findMessageDraft } from '@terreau/features/support/find-message-draft.query';
import { settleDraft } from '@terreau/features/support/settle-draft.command';
import { mayAdvise } from '@terreau/features/support/support.policy';
import { pieceGestureSchema, pieceSchema } from '@terreau/features/support/talk.schema';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { piecesInWords } from '#lib/server/support/shown-pieces.ts';
import { failTalk } from '#lib/server/support/talk-words.ts';
import { uploadIn } from '#lib/server/support/upload.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const FOUND_MAX_COUNT = 4;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, messageId: event.params.message };
  const { head, ...draft } = orNotFound(await findMessageDraft(context, request));
  const words = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const search = { territoryId: territory.id, text: words, limit: FOUND_MAX_COUNT };
  const organizations = words ? (await searchDirectory(context, search)).items : [];
  const supports = words ? (await searchSupports(context, search)).items : [];
  return {
    dossier: head,
    mayAdvise: mayAdvise(head.role),
    draft: { ...draft, pieces: piecesInWords(draft.pieces) },
    words,
    supports: supports.map(({ id, title }) => ({ value: `support:${id}`, label: title })),
    organizations: organizations.map(({ organizationId, name }) => ({
      value: `organization:${organizationId}`,
      label: name
    })),
    maxMegabytes: DOCUMENT_MAX_BYTES / 1_000_000
  };
};

type Event = RequestEvent<{ territory: string; dossier: string; message: string }>;

export const actions: Actions = {
  add: async (event) => {
    const here = await draftOf(event);
    const typed = await typedIn(event.request);
    const read = readTyped(pieceSchema, pieceIn(typed));
    if (!read.ok) return read.answer;
    const verdict = await addPiece(event.locals.context, { ...here, fields: read.fields });
    return answer(event, verdict, typed, read.fields.kind === 'document' ? 'document' : `${read.fields.kind}-words`);
  },
  upload: async (event) => {
    const here = await draftOf(event);
    const { typed, bytes, name } = await uploadIn(event.request);
    const { context } = event.locals;
    const draft = orNotFound(await findMessageDraft(context, here));
    const file = { ...here, name, bytes, audience: draft.thread.audience };
    const added = await addDocument(context, (await platform()).files, file);
    if (!added.ok) return answer(event, added, typed, 'file');
    const fields = {
      kind: 'document',
      words: null,
      why: null,
      dueOn: null,
      support: null,
      organization: null
    } as const;
    return answer(event, await addPiece(context, { ...here, fields: { ...fields, document: added.value } }), typed);
  },
  arrange: async (event) => {
    const here = await draftOf(event);
    const typed = await typedIn(event.request);
    const read = readTyped(pieceGestureSchema, typed);
    if (!read.ok) return read.answer;
    return answer(event, await arrangePiece(event.locals.context, { ...here, fields: read.fields }), typed);
  },
  publish: (event) => settle(event, 'publish'),
  drop: (event) => settle(event, 'drop')
};

async function draftOf(event: Event) {
  const territory = await signedInAt(event);
  return { territoryId: territory.id, dossierId: event.params.dossier, messageId: event.params.message };
}

/** Each form of the page has its own words and its own choice: what is typed counts before what is picked. */
function pieceIn(typed: Typed): Typed {
  const form = textIn(typed, 'kind');
  const words = textIn(typed, `${form}-words`).trim();
  const [kind, id = ''] = words ? [] : textIn(typed, `${form}-sheet`).split(':');
  return {
    ...typed,
    words,
    support: kind === 'support' ? id : '',
    organization: kind === 'organization' ? id : ''
  };
}

type Answered = Awaited<ReturnType<typeof addPiece | typeof arrangePiece | typeof addDocument>>;

function answer(event: Event, verdict: Answered, typed: Typed, field = '') {
  if (verdict.ok) redirect(303, `${event.url.pathname}#add`);
  if (verdict.code === 'not-found') error(404);
  return failTalk({ code: verdict.code, details: verdict.details }, typed, field);
}

async function settle(event: Event, how: 'publish' | 'drop') {
  const here = await draftOf(event);
  const { origin } = (await platform()).settings;
  const verdict = await settleDraft(event.locals.context, { ...here, how, origin });
  if (!verdict.ok && verdict.code === 'not-found') error(404);
  if (!verdict.ok) return failTalk({ code: 'message-empty', details: {} }, {}, 'text-words');
  const talk = `/${event.params.territory}/dossiers/${event.params.dossier}/talk`;
  redirect(303, how === 'publish' ? `${talk}/${verdict.value}?done=published` : `${talk}?done=dropped`);
}
