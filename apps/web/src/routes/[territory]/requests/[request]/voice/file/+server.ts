import { findVoice } from '@terreau/features/orientation/find-voice.query';
import { voiceAnswer } from '#lib/server/door/voice-answer.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

/** The recording of a request, for the team of its territory. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const territory = await territoryAt(locals, params.territory);
  const asked = { territoryId: territory.id, requestId: params.request };
  const voice = await findVoice(locals.context, (await platform()).files, asked);
  return voiceAnswer(voice, request.headers.get('range'));
};
