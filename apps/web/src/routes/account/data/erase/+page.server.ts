import { fail } from '@sveltejs/kit';
import { eraseOwnAccount } from '@terreau/features/trust/erase-own-account.command';
import { platform } from '#lib/server/platform.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import { removeSentCopies } from '#lib/server/trust/sent-copies.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = (event) => ({ email: requireAccount(event).email });

export const actions: Actions = {
  default: async (event) => {
    requireAccount(event);
    const typedEmail = String((await event.request.formData()).get('email') ?? '').slice(0, TYPED_MAX_CHARACTERS);
    const verdict = await eraseOwnAccount(event.locals.context, { typedEmail });
    if (!verdict.ok) return fail(422, { refusal: verdict.code, email: typedEmail, stays: null });
    const { settings, files } = await platform();
    await removeSentCopies(settings.dataFolder, verdict.value.messageIds);
    for (const id of verdict.value.fileIds) await files.remove(id);
    const ours = event.cookies.getAll().filter(({ name }) => /^(__Secure-)?terreau\./.test(name));
    for (const { name } of ours) event.cookies.delete(name, { path: '/' });
    return { refusal: null, email: '', stays: verdict.value.stays };
  }
};

const TYPED_MAX_CHARACTERS = 254;
