import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { mayFollowRequests } from './requests.policy.ts';

/** A request that was said rather than written: what whoever listens needs. */
export interface VoicedRequest {
  readonly id: Id;
  readonly sentence: string;
  /** Nobody has put it in words yet. */
  readonly waitsForWords: boolean;
  readonly person: string;
  readonly phone: string | null;
  readonly placeWords: string | null;
  readonly version: number;
}

/** Stands for the sentence until somebody has listened. */
export const VOICE_SENTENCES: Readonly<Record<'fr' | 'en', string>> = {
  fr: 'Message vocal à écouter',
  en: 'Voice message to listen to'
};

export async function voicedRequest(ctx: Context, territoryId: Id, requestId: Id): Promise<VoicedRequest | null> {
  if (!mayFollowRequests(ctx.actor, territoryId) || !isId(requestId)) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('request')
      .innerJoin('person', 'person.id', 'request.person_id')
      .select(['request.id', 'sentence', 'person.display_name as person', 'person.phone', 'version'])
      .select('place_words as placeWords')
      .where('request.id', '=', requestId)
      .where('request.territory_id', '=', territoryId)
      .where('voice_file_id', 'is not', null)
      .where('state', '<>', 'draft')
      .executeTakeFirst()
  );
  if (!row) return null;
  const sentence = row.sentence!;
  return { ...row, sentence, waitsForWords: Object.values(VOICE_SENTENCES).includes(sentence) };
}
