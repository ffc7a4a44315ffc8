import { findOwnVoice } from '@terreau/features/orientation/find-voice.query';
import { isId } from '@terreau/kernel/ids';
import { error } from '@sveltejs/kit';
import { voiceAnswer } from '#lib/server/door/voice-answer.ts';
import { platform } from '#lib/server/platform.ts';
import { keptReceipt } from '#lib/server/trust/receipt-cookie.ts';
import type { RequestHandler } from './$types';

/** What somebody said, played back to them with their code. */
export const GET: RequestHandler = async ({ locals, params, cookies, request }) => {
  if (!isId(params.request)) error(404);
  const asked = { code: keptReceipt(cookies), requestId: params.request };
  const voice = await findOwnVoice(locals.context, (await platform()).files, asked);
  return voiceAnswer(voice, request.headers.get('range'));
};
