import { fail, redirect } from '@sveltejs/kit';
import { openReceipt } from '@terreau/features/trust/open-receipt.command';
import { keepDoorCode } from '#lib/server/door/door-cookie.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { keepReceipt } from '#lib/server/trust/receipt-cookie.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

const CODE_MAX_CHARACTERS = 20;

export const load: PageServerLoad = ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return {
    code: (url.searchParams.get('code') ?? '').slice(0, CODE_MAX_CHARACTERS),
    isErased: url.searchParams.has('erased')
  };
};

export const actions: Actions = {
  default: async ({ locals, request, cookies, url, getClientAddress }) => {
    const code = formText(await request.formData(), 'code').slice(0, 2 * CODE_MAX_CHARACTERS);
    const verdict = await openReceipt(locals.context, { code, address: getClientAddress() });
    if (!verdict.ok) {
      const isTooMany = verdict.code === 'too-many-attempts';
      const problem = isTooMany ? m.trust_refusal_too_many() : m.trust_receipt_unknown();
      return fail(isTooMany ? 429 : 422, { problem, code });
    }
    if (verdict.value.draft) {
      const { slug, door } = verdict.value.draft;
      keepDoorCode(cookies, url, slug, code);
      redirect(303, `/${slug}/door/${door}`);
    }
    keepReceipt(cookies, url, code);
    redirect(303, '/receipts/mine');
  }
};
