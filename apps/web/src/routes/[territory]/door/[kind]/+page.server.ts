import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { attachVoice } from '@terreau/features/orientation/attach-voice.command';
import { doorSchema, readDoor } from '@terreau/features/orientation/door.schema';
import { eraseDraft } from '@terreau/features/orientation/erase-draft.command';
import { findAnswerTime } from '@terreau/features/orientation/find-answer-time.query';
import { findDraft } from '@terreau/features/orientation/find-draft.query';
import { saveDraft } from '@terreau/features/orientation/save-draft.command';
import { submitRequest } from '@terreau/features/orientation/submit-request.command';
import { doorCode, forgetDoorCode, keepDoorCode } from '#lib/server/door/door-cookie.ts';
import { doorAt, doorProblems, mayTypeAt, NOTHING_TYPED, typedAtDoor, withVoice } from '#lib/server/door/door-form.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { keepReceipt } from '#lib/server/trust/receipt-cookie.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, cookies, url, setHeaders }) => {
  const door = doorAt(params.kind);
  const { territory } = await parent();
  const code = doorCode(cookies);
  const draft = await findDraft(locals.context, code);
  const own = draft?.territoryId === territory.id && draft.door === door ? draft : null;
  setHeaders({ 'cache-control': 'no-store' });
  return {
    door,
    mayType: await mayTypeAt(locals, territory.id),
    before: await findAnswerTime(locals.context, territory.id),
    typed: own?.typed ?? NOTHING_TYPED,
    code: own ? code : null,
    hasVoice: own?.voiceFileId != null,
    done:
      url.searchParams.has('kept') && own
        ? ('kept' as const)
        : url.searchParams.has('erased')
          ? ('erased' as const)
          : null
  };
};

export const actions: Actions = {
  send: async (event) => {
    const { locals, cookies, url, params } = event;
    const { door, territory, values } = await readForm(event);
    const read = readDoor(doorSchema, await withVoice(locals, values, doorCode(cookies)));
    if (!read.ok) return fail(422, { problems: doorProblems(read.problems), values });
    const verdict = await submitRequest(locals.context, {
      territoryId: territory.id,
      door,
      fields: read.value,
      draftCode: doorCode(cookies) || null,
      address: event.getClientAddress(),
      origin: (await platform()).settings.origin
    });
    if (!verdict.ok) return verdict.code === 'not-found' ? error(404) : fail(429, tooMany(values));
    keepDoorCode(cookies, url, territory.slug, verdict.value.code);
    keepReceipt(cookies, url, verdict.value.code);
    redirect(303, `/${params.territory}/door/${door}/sent`);
  },
  keep: async (event) => {
    const { locals, cookies, url, params } = event;
    const { door, territory, values } = await readForm(event);
    const verdict = await saveDraft(locals.context, {
      territoryId: territory.id,
      door,
      typed: values,
      code: doorCode(cookies) || null,
      address: event.getClientAddress()
    });
    if (!verdict.ok) return verdict.code === 'not-found' ? error(404) : fail(429, tooMany(values));
    keepDoorCode(cookies, url, territory.slug, verdict.value.code);
    redirect(303, `/${params.territory}/door/${door}?kept`);
  },
  erase: async ({ locals, cookies, params }) => {
    const door = doorAt(params.kind);
    const territory = await territoryAt(locals, params.territory);
    const { files } = await platform();
    await attachVoice(locals.context, files, { code: doorCode(cookies), bytes: null });
    await eraseDraft(locals.context, doorCode(cookies));
    forgetDoorCode(cookies, territory.slug);
    redirect(303, `/${territory.slug}/door/${door}?erased`);
  }
};

async function readForm({ locals, params, request }: RequestEvent<{ territory: string; kind: string }>) {
  const door = doorAt(params.kind);
  const territory = await territoryAt(locals, params.territory);
  return { door, territory, values: typedAtDoor(await request.formData()) };
}

const tooMany = (values: ReturnType<typeof typedAtDoor>) => ({ problems: { '': m.door_problem_too_many() }, values });
