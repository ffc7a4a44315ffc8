import { json, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';

const ANSWER_MAX_CHARACTERS = 20_000;

const answerSchema = v.object({
  next: v.optional(v.string()),
  name: v.optional(v.string()),
  response: v.looseObject({ id: v.string(), rawId: v.string(), type: v.string(), response: v.looseObject({}) })
});

/** A browser's answer to a passkey challenge; null when it is none. */
export async function readPasskeyAnswer({ request }: RequestEvent) {
  const text = await request.text();
  if (text.length > ANSWER_MAX_CHARACTERS) return null;
  try {
    const read = v.safeParse(answerSchema, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/** A refusal of a passkey endpoint, as its page's script reads it. */
export function passkeyRefusal(code: string): Response {
  return json({ refusal: code }, { status: code === 'too-many-attempts' ? 429 : 422 });
}
