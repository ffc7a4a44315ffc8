import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { readFields } from '@terreau/features/directory/directory.schema';
import { changeRequest } from '@terreau/features/orientation/change-request.command';
import { readDoor, requestWordsSchema } from '@terreau/features/orientation/door.schema';
import { moveRequest } from '@terreau/features/orientation/move-request.command';
import { contactSchema } from '@terreau/features/trust/assisted.schema';
import { correctByReceipt } from '@terreau/features/trust/correct-by-receipt.command';
import { eraseByReceipt } from '@terreau/features/trust/erase-by-receipt.command';
import { readReceipt } from '@terreau/features/trust/read-receipt.query';
import { withdrawByReceipt } from '@terreau/features/trust/withdraw-by-receipt.command';
import { displayPhone } from '@terreau/formats/cells';
import { doorProblems } from '#lib/server/door/door-form.ts';
import { shownRequest } from '#lib/server/door/request-words.ts';
import { platform } from '#lib/server/platform.ts';
import { assistedProblem } from '#lib/server/trust/assisted-words.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { readableExport } from '#lib/server/trust/readable-export.ts';
import { forgetReceipt, keptReceipt } from '#lib/server/trust/receipt-cookie.ts';
import { removeSentCopies } from '#lib/server/trust/sent-copies.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, cookies, setHeaders, url }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const found = await readReceipt(locals.context, keptReceipt(cookies));
  if (!found) return leave(cookies);
  const { everything, requests, ...receipt } = found;
  return {
    receipt: {
      ...receipt,
      // Whoever said no name is called by what they left to be reached: that is not shown as their name.
      name: receipt.name === displayPhone(receipt.phone ?? '') || receipt.name === receipt.email ? '' : receipt.name,
      phone: receipt.phone && displayPhone(receipt.phone)
    },
    requests: requests.map((request) => shownRequest(request, locals.language)),
    tables: everything && readableExport(everything, locals.language),
    done: url.searchParams.get('done')
  };
};

export const actions: Actions = {
  correct: async ({ locals, cookies, request }) => {
    const form = await request.formData();
    const values = { name: formText(form, 'name'), phone: formText(form, 'phone'), email: formText(form, 'email') };
    const read = readFields(contactSchema, {
      ...values,
      name: values.name.trim() || displayPhone(values.phone.replaceAll(' ', '')) || values.email
    });
    if (!read.ok) {
      const problems = Object.entries(read.problems).map(([field, code]) => [field, assistedProblem(code)]);
      return fail(422, { problems: Object.fromEntries(problems) as Record<string, string>, values });
    }
    const verdict = await correctByReceipt(locals.context, { code: keptReceipt(cookies), contact: read.value });
    if (!verdict.ok) leave(cookies);
    redirect(303, '/receipts/mine?done=saved');
  },
  withdraw: async ({ locals, cookies, request }) => {
    const consentId = formText(await request.formData(), 'consent');
    const verdict = await withdrawByReceipt(locals.context, { code: keptReceipt(cookies), consentId });
    redirect(303, verdict.ok ? '/receipts/mine?done=withdrawn' : '/receipts/mine');
  },
  change: async ({ locals, cookies, request }) => {
    const form = await request.formData();
    const names = ['sentence', 'forWhom', 'placeWords', 'expectation'] as const;
    const values = Object.fromEntries(names.map((name) => [name, formText(form, name)]));
    const requestId = formText(form, 'request');
    const read = readDoor(requestWordsSchema, values);
    if (!read.ok) return fail(422, { problems: doorProblems(read.problems), words: values, requestId });
    const verdict = await changeRequest(locals.context, { code: keptReceipt(cookies), requestId, words: read.value });
    redirect(303, verdict.ok ? '/receipts/mine?done=changed' : '/receipts/mine');
  },
  withdrawRequest: async ({ locals, cookies, request }) => {
    const requestId = formText(await request.formData(), 'request');
    const code = keptReceipt(cookies);
    const own = (await readReceipt(locals.context, code))?.requests.find(({ id }) => id === requestId);
    if (!own) return leave(cookies);
    const { origin } = (await platform()).settings;
    const asked = { territoryId: own.territoryId, requestId, code, move: 'withdraw', origin } as const;
    const verdict = await moveRequest(locals.context, asked);
    redirect(303, verdict.ok ? '/receipts/mine?done=request-withdrawn' : '/receipts/mine');
  },
  erase: async ({ locals, cookies }) => {
    const verdict = await eraseByReceipt(locals.context, { code: keptReceipt(cookies) });
    if (verdict.ok) {
      const { settings, files } = await platform();
      await removeSentCopies(settings.dataFolder, verdict.value.messageIds);
      for (const id of verdict.value.fileIds) await files.remove(id);
    }
    forgetReceipt(cookies);
    redirect(303, verdict.ok ? '/receipts?erased' : '/receipts');
  },
  close: ({ cookies }) => leave(cookies)
};

function leave(cookies: Cookies): never {
  forgetReceipt(cookies);
  redirect(303, '/receipts');
}
