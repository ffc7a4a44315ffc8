import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { AreaGeometry } from './geometry.rules.ts';
import { inReadingOrder } from './portrait-order.rules.ts';

/** Words with the language in which they stand: nobody may have written them in the reader's yet. */
export interface Words {
  readonly text: string;
  readonly language: 'fr' | 'en';
}

/** One figure: a value or the reason why there is none, always with what it is out of, its source and its date. */
export interface PortraitFigure {
  readonly code: string;
  readonly label: string;
  readonly value: number | null;
  readonly missingReason: string | null;
  readonly missingNote: Words | null;
  readonly unit: string;
  /** What it means, in a sentence. */
  readonly definition: Words | null;
  /** What a share is out of, in words; null for plain counts. */
  readonly denominator: Words | null;
  /** The two counts behind a share, where they may be shown. */
  readonly counts: { readonly numerator: number; readonly denominator: number } | null;
  readonly source: string;
  readonly sourceUrl: string | null;
  readonly asOf: string;
}

export interface PortraitArea {
  readonly id: Id | null;
  readonly slug: string | null;
  readonly name: string | null;
  readonly outline: AreaGeometry | null;
  readonly figures: readonly PortraitFigure[];
}

export interface PriorityNeighbourhood {
  readonly code: string;
  readonly name: string;
  readonly vintage: 2015 | 2024;
  readonly outline: AreaGeometry;
  readonly source: string;
}

/** What is known of a territory: it names nobody and ranks nothing; neighbourhoods come in the order of the map. */
export interface Portrait {
  readonly areas: readonly {
    readonly kind: string;
    readonly code: string;
    readonly name: string;
    readonly population: number | null;
  }[];
  readonly territory: PortraitArea;
  readonly neighbourhoods: readonly PortraitArea[];
  readonly priorityNeighbourhoods: readonly PriorityNeighbourhood[];
  /** Counted here and now in the directory: published sheets, and those confirmed within their promise. */
  readonly directory: {
    readonly organizations: number;
    readonly fresh: number;
    /** Sheets with at least one place on the map. */
    readonly located: number;
    readonly services: number;
    readonly openNeeds: number;
    readonly openOffers: number;
  };
}

/** The portrait of a territory, in the reader's language. */
export async function portrait(ctx: Context, territoryId: Id): Promise<Portrait> {
  return reading(ctx, async (tx) => {
    const figures = await figuresOf(tx, territoryId, ctx.language);
    const neighbourhoods = await tx
      .selectFrom('neighbourhood')
      .select(['id', 'slug', 'name', 'outline'])
      .where('territory_id', '=', territoryId)
      .orderBy('position')
      .orderBy('name')
      .execute();
    const territory = await tx
      .selectFrom('territory')
      .select(['outline'])
      .where('id', '=', territoryId)
      .executeTakeFirstOrThrow();
    return {
      areas: await tx
        .selectFrom('territory_area')
        .select(['kind', 'code', 'name', 'population'])
        .where('territory_id', '=', territoryId)
        .orderBy('name')
        .execute(),
      territory: {
        id: null,
        slug: null,
        name: null,
        outline: territory.outline as unknown as AreaGeometry | null,
        figures: figures.get(null) ?? []
      },
      neighbourhoods: neighbourhoods.map((row) => ({
        id: row.id,
        slug: row.slug,
        name: row.name,
        outline: row.outline as unknown as AreaGeometry | null,
        figures: figures.get(row.id) ?? []
      })),
      priorityNeighbourhoods: await priorityNeighbourhoodsOf(tx, territoryId),
      directory: await countDirectory(tx, territoryId, ctx.now)
    };
  });
}

async function figuresOf(tx: Tx, territoryId: Id, language: 'fr' | 'en'): Promise<Map<Id | null, PortraitFigure[]>> {
  const newest = await tx
    .selectFrom('figure')
    .distinctOn(['neighbourhood_id', 'code'])
    .selectAll()
    .where('territory_id', '=', territoryId)
    .orderBy('neighbourhood_id')
    .orderBy('code')
    .orderBy('as_of', 'desc')
    .execute();
  const rows = inReadingOrder(newest);
  const byArea = new Map<Id | null, PortraitFigure[]>();
  for (const row of rows) {
    const figure: PortraitFigure = {
      code: row.code,
      label: language === 'fr' ? row.label_fr : row.label_en,
      value: row.value === null ? null : Number(row.value),
      missingReason: row.missing_reason,
      missingNote: wordsIn(language, row.missing_note, row.missing_note_en),
      unit: row.unit,
      definition: wordsIn(language, row.definition, row.definition_en),
      denominator: wordsIn(language, row.denominator_label, row.denominator_label_en),
      counts:
        row.numerator_count === null || row.denominator_count === null
          ? null
          : { numerator: Number(row.numerator_count), denominator: Number(row.denominator_count) },
      source: row.source,
      sourceUrl: row.source_url,
      asOf: row.as_of
    };
    byArea.set(row.neighbourhood_id, [...(byArea.get(row.neighbourhood_id) ?? []), figure]);
  }
  return byArea;
}

function wordsIn(language: 'fr' | 'en', french: string | null, english: string | null): Words | null {
  if (language === 'en' && english !== null) return { text: english, language };
  return french === null ? null : { text: french, language: 'fr' };
}

async function priorityNeighbourhoodsOf(tx: Tx, territoryId: Id): Promise<PriorityNeighbourhood[]> {
  const rows = await tx
    .selectFrom('priority_neighbourhood')
    .select(['code', 'name', 'vintage', 'outline', 'source'])
    .where('territory_id', '=', territoryId)
    .orderBy('name')
    .orderBy('vintage')
    .execute();
  return rows.map((row) => ({
    ...row,
    vintage: row.vintage as 2015 | 2024,
    outline: row.outline as unknown as AreaGeometry
  }));
}

async function countDirectory(tx: Tx, territoryId: Id, now: Date): Promise<Portrait['directory']> {
  const sheets = await tx
    .selectFrom('organization')
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .select((eb) => [
      eb.fn.countAll<string>().as('organizations'),
      eb.fn.countAll<string>().filterWhere('stale_at', '>', now).as('fresh'),
      eb.fn
        .countAll<string>()
        .filterWhere(({ exists, selectFrom }) =>
          exists(
            selectFrom('place')
              .select('place.id')
              .whereRef('place.organization_id', '=', 'organization.id')
              .where('place.latitude', 'is not', null)
          )
        )
        .as('located')
    ])
    .executeTakeFirstOrThrow();
  const services = await tx
    .selectFrom('service')
    .innerJoin('organization', 'organization.id', 'service.organization_id')
    .where('service.territory_id', '=', territoryId)
    .where('organization.status', '=', 'published')
    .select((eb) => eb.fn.countAll<string>().as('services'))
    .executeTakeFirstOrThrow();
  const posts = await tx
    .selectFrom('post')
    .innerJoin('organization', 'organization.id', 'post.organization_id')
    .where('post.territory_id', '=', territoryId)
    .where('post.state', '=', 'open')
    .where('organization.status', '=', 'published')
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere('post.kind', '=', 'need').as('needs'),
      eb.fn.countAll<string>().filterWhere('post.kind', '=', 'offer').as('offers')
    ])
    .executeTakeFirstOrThrow();
  return {
    organizations: Number(sheets.organizations),
    fresh: Number(sheets.fresh),
    located: Number(sheets.located),
    services: Number(services.services),
    openNeeds: Number(posts.needs),
    openOffers: Number(posts.offers)
  };
}
