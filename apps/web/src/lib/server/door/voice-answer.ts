import { error } from '@sveltejs/kit';
import type { Voice } from '@terreau/features/orientation/find-voice.query';

/**
 * A recording as an answer: shown as sound and as nothing else, kept by no cache, and in parts where the reader's
 * browser asks for parts (some play nothing otherwise). "Not found" when there is none.
 */
export function voiceAnswer(voice: Voice | null, range: string | null): Response {
  if (!voice) error(404);
  const { bytes, type } = voice;
  const headers: Record<string, string> = {
    'content-type': type,
    'content-disposition': `inline; filename="message.${type.slice('audio/'.length)}"`,
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes'
  };
  const part = range ? partOf(range, bytes.length) : null;
  if (!part) return new Response(bytes, { headers });
  const [from, to] = part;
  headers['content-range'] = `bytes ${from}-${to}/${bytes.length}`;
  return new Response(bytes.slice(from, to + 1), { status: 206, headers });
}

/** The first and last byte of a single range, or null for anything else: the whole is then sent. */
function partOf(range: string, length: number): [number, number] | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range);
  if (!match) return null;
  const from = Number(match[1]);
  const to = match[2] ? Math.min(Number(match[2]), length - 1) : length - 1;
  return from <= to ? [from, to] : null;
}
