import { error, fail } from '@sveltejs/kit';
import { ASSISTED_CHANNELS, doorSchema, nameOfAsker, readDoor } from '@terreau/features/orientation/door.schema';
import {
  ASSISTED_REQUEST_CONSENT_PURPOSE,
  ASSISTED_REQUEST_CONSENT_VERSION,
  consentText
} from '@terreau/features/trust/consent-texts.rules';
import { enterForPerson } from '@terreau/features/trust/enter-for-person.command';
import { findDraft } from '@terreau/features/orientation/find-draft.query';
import { readReceipt } from '@terreau/features/trust/read-receipt.query';
import { mayTypeForOthers } from '@terreau/features/trust/trust.policy';
import { renderSVG } from 'uqr';
import { doorCode, forgetDoorCode } from '#lib/server/door/door-cookie.ts';
import { doorAt, doorProblems, mayTypeAt, NOTHING_TYPED, typedAtDoor, withVoice } from '#lib/server/door/door-form.ts';
import { shownRequest } from '#lib/server/door/request-words.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { keepTypedCode } from '#lib/server/door/typed-code.ts';
import { platform } from '#lib/server/platform.ts';
import { assistedProblem } from '#lib/server/trust/assisted-words.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, cookies }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const door = doorAt(params.kind);
  if (!(await mayTypeAt(locals, territory.id))) error(404);
  const draft = await findDraft(locals.context, doorCode(cookies));
  return {
    door,
    typed: NOTHING_TYPED,
    hasVoice: draft?.territoryId === territory.id && draft.voiceFileId !== null,
    agreement: consentText(ASSISTED_REQUEST_CONSENT_PURPOSE, ASSISTED_REQUEST_CONSENT_VERSION, locals.language).text
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url, cookies, setHeaders }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const door = doorAt(params.kind);
    if (!(await mayTypeAt(locals, territory.id))) error(404);
    const form = await request.formData();
    const values = { ...typedAtDoor(form), channel: formText(form, 'channel'), agreed: formText(form, 'agreed') };
    const back = (problems: Record<string, string>) => fail(422, { problems, values, receipt: null });
    const read = readDoor(doorSchema, { ...values, ...(await withVoice(locals, values, doorCode(cookies))) });
    if (!read.ok) return back(doorProblems(read.problems));
    const { origin } = (await platform()).settings;
    const fields = read.value;
    const verdict = await enterForPerson(locals.context, {
      territoryId: territory.id,
      origin,
      person: {
        name: nameOfAsker(fields),
        phone: fields.phone,
        email: fields.email,
        receipt: fields.receipt === 'sms' ? 'sms' : 'paper',
        agreed: values.agreed === 'yes' ? 'yes' : 'no'
      },
      publication: {
        kind: 'request',
        door,
        fields,
        channel: ASSISTED_CHANNELS.find((one) => one === values.channel) ?? 'counter',
        draftCode: doorCode(cookies) || null
      }
    });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok)
      return back({ [verdict.code === 'phone-missing' ? 'phone' : 'agreed']: assistedProblem(verdict.code) });
    forgetDoorCode(cookies, territory.slug);
    setHeaders({ 'cache-control': 'no-store' });
    const { code, subjectId } = verdict.value;
    // The team may go on with the questions, aloud; the code is shown again when they are over.
    const questions = mayTypeForOthers(locals.context.actor, territory.id)
      ? keepTypedCode(cookies, url, territory.slug, subjectId, code)
      : null;
    const written = (await readReceipt(locals.context, code))!.requests[0]!;
    const { before, who, contact } = shownRequest(written, locals.language);
    const qr = renderSVG(`${origin}/receipts?code=${code}`, { border: 1 });
    return {
      problems: {},
      values,
      receipt: {
        code,
        qr,
        address: `${origin}/receipts`,
        bySms: fields.receipt === 'sms',
        questions,
        before,
        who,
        contact
      }
    };
  }
};
