import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { readFields } from '@terreau/features/directory/directory.schema';
import { contactSchema } from '@terreau/features/trust/assisted.schema';
import { correctByReceipt } from '@terreau/features/trust/correct-by-receipt.command';
import { eraseByReceipt } from '@terreau/features/trust/erase-by-receipt.command';
import { readReceipt } from '@terreau/features/trust/read-receipt.query';
import { withdrawByReceipt } from '@terreau/features/trust/withdraw-by-receipt.command';
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
  const { everything, ...receipt } = found;
  return { receipt, tables: readableExport(everything, locals.context.language), done: url.searchParams.get('done') };
};

export const actions: Actions = {
  correct: async ({ locals, cookies, request }) => {
    const form = await request.formData();
    const values = { name: formText(form, 'name'), phone: formText(form, 'phone'), email: formText(form, 'email') };
    const read = readFields(contactSchema, values);
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
  erase: async ({ locals, cookies }) => {
    const verdict = await eraseByReceipt(locals.context, { code: keptReceipt(cookies) });
    if (verdict.ok) await removeSentCopies((await platform()).settings.dataFolder, verdict.value.messageIds);
    forgetReceipt(cookies);
    redirect(303, verdict.ok ? '/receipts?erased' : '/receipts');
  },
  close: ({ cookies }) => leave(cookies)
};

function leave(cookies: Cookies): never {
  forgetReceipt(cookies);
  redirect(303, '/receipts');
}
