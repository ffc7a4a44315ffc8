import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Two minutes of speech (where the page stops), with room for telephones that record generously. */
export const VOICE_MAX_BYTES = 4 * 1024 * 1024;

export type VoiceType = 'audio/webm' | 'audio/ogg' | 'audio/mp4';
export type VoiceProblem = 'voice-empty' | 'voice-too-large' | 'voice-not-sound';

/** What a recording is, by its first bytes: what a browser says of it is not believed. */
export function checkVoice(bytes: Uint8Array): Verdict<VoiceType, VoiceProblem> {
  if (bytes.length === 0) return refuse('voice-empty');
  if (bytes.length > VOICE_MAX_BYTES) return refuse('voice-too-large', { max: VOICE_MAX_BYTES });
  const type = voiceType(bytes);
  return type ? accept(type) : refuse('voice-not-sound');
}

/** The containers in which browsers record: Matroska (EBML header), Ogg, ISO media (`ftyp` after its length). */
export function voiceType(bytes: Uint8Array): VoiceType | null {
  const ascii = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'audio/webm';
  if (ascii(0) === 'OggS') return 'audio/ogg';
  return ascii(4) === 'ftyp' ? 'audio/mp4' : null;
}
