import { receiveText } from '@terreau/features/orientation/receive-text.command';
import { INCOMING_MAX_BYTES, isSignedBy, readIncomingText, SIGNATURE_HEADER } from '#lib/server/incoming-texts.ts';
import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

/**
 * Where an SMS gateway posts what people answer, when `TERREAU_SMS_INBOUND_SECRET` is set. Anything but 2xx is to be
 * sent again: 503 says that nobody would have read it.
 */
export const POST: RequestHandler = async ({ request, locals }) => {
  const secret = process.env['TERREAU_SMS_INBOUND_SECRET'];
  if (!secret) return answer(404);
  const body = await request.text();
  if (body.length > INCOMING_MAX_BYTES) return answer(413);
  const { context } = locals;
  if (!isSignedBy(secret, request.headers.get(SIGNATURE_HEADER), body, context.now)) return answer(401);
  const incoming = readIncomingText(body);
  if (!incoming) return answer(400);
  const { id, from, text } = incoming;
  const { origin } = (await platform()).settings;
  const verdict = await receiveText(context, { gatewayId: id, from, text, origin });
  if (verdict.ok) return answer(204);
  return answer(verdict.code === 'text-unreadable' ? 400 : 503);
};

function answer(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
}
