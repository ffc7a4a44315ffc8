import { json } from '@sveltejs/kit';
import { attachVoice } from '@terreau/features/orientation/attach-voice.command';
import { findOwnVoice } from '@terreau/features/orientation/find-voice.query';
import { VOICE_MAX_BYTES } from '@terreau/features/orientation/voice.rules';
import { doorCode } from '#lib/server/door/door-cookie.ts';
import { doorAt } from '#lib/server/door/door-form.ts';
import { voiceAnswer } from '#lib/server/door/voice-answer.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

/** The recording of the draft that is being typed, to listen to it again. */
export const GET: RequestHandler = async ({ locals, params, cookies, request }) => {
  doorAt(params.kind);
  await territoryAt(locals, params.territory);
  const { files } = await platform();
  const voice = await findOwnVoice(locals.context, files, { code: doorCode(cookies), requestId: null });
  return voiceAnswer(voice, request.headers.get('range'));
};

/** Keeps a recording with the draft. */
export const PUT: RequestHandler = async ({ locals, params, cookies, request }) => {
  doorAt(params.kind);
  await territoryAt(locals, params.territory);
  if (Number(request.headers.get('content-length') ?? 0) > VOICE_MAX_BYTES) return refused('voice-too-large');
  const bytes = new Uint8Array(await request.arrayBuffer());
  const { files } = await platform();
  const verdict = await attachVoice(locals.context, files, { code: doorCode(cookies), bytes });
  return verdict.ok ? json({}) : refused(verdict.code);
};

export const DELETE: RequestHandler = async ({ locals, params, cookies }) => {
  doorAt(params.kind);
  await territoryAt(locals, params.territory);
  const { files } = await platform();
  const verdict = await attachVoice(locals.context, files, { code: doorCode(cookies), bytes: null });
  return verdict.ok ? json({}) : refused(verdict.code);
};

function refused(code: string): Response {
  return json({ refusal: code }, { status: code === 'code-unknown' ? 409 : 422 });
}
