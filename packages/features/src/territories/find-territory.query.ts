import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { settingInForce } from './read-settings.query.ts';

/** What every page of a territory needs to know of it. */
export interface Territory {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
  /** In the reader's language, French where it was not translated. */
  readonly description: string | null;
  readonly plainDescription: string | null;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly isDemonstration: boolean;
  /** Whether anybody may read how often and how fast each structure answers. */
  readonly answersArePublic: boolean;
}

/** The open territory at `/slug`, or null: unknown and closed answer alike. */
export async function findTerritory(ctx: Context, slug: string): Promise<Territory | null> {
  const found = await reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('territory')
      .select([
        'id',
        'slug',
        'name',
        'description',
        'description_en',
        'plain_description',
        'time_zone',
        'languages',
        'latitude',
        'longitude',
        'is_demonstration'
      ])
      .where('slug', '=', slug)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return row && { row, answersArePublic: await settingInForce(tx, row.id, 'answers-are-public') };
  });
  if (!found) return null;
  const { row, answersArePublic } = found;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: (ctx.language === 'en' && row.description_en) || row.description,
    plainDescription: row.plain_description,
    timeZone: row.time_zone,
    languages: row.languages,
    latitude: row.latitude,
    longitude: row.longitude,
    isDemonstration: row.is_demonstration,
    answersArePublic
  };
}
