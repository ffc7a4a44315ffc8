import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { LikenessReason } from './duplicate-likelihood.rules.ts';
import { mayImport } from './import.policy.ts';
import {
  MERGED_FIELDS,
  MERGED_LISTS,
  proposedChoice,
  sameValue,
  type MergeChoice,
  type MergedField
} from './merge-fields.rules.ts';

export interface PairLine {
  readonly id: Id;
  readonly permille: number;
  readonly reasons: readonly LikenessReason[];
  readonly first: { readonly id: Id; readonly name: string };
  readonly second: { readonly id: Id; readonly name: string };
}

export interface MergeLine {
  readonly id: Id;
  readonly keptId: Id;
  readonly keptName: string;
  readonly absorbedName: string;
  readonly mergedAt: Instant;
}

export interface PairsPage {
  readonly pairs: readonly PairLine[];
  readonly total: number;
  /** To be given back as `after` for the following page; null on the last. */
  readonly next: string | null;
  /** The latest merges, which can be undone. */
  readonly merges: readonly MergeLine[];
}

export const PAIRS_PAGE_COUNT = 20;
export const MERGES_SHOWN_COUNT = 20;

/** Pairs that wait for somebody, the likeliest first; null when the actor may not decide. `after`: `permille:id`. */
export async function listDuplicates(ctx: Context, territoryId: Id, after: string | null): Promise<PairsPage | null> {
  if (!mayImport(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const rows = await openPairs(tx, territoryId)
      .select([
        'pair.id',
        'pair.likelihood_permille',
        'pair.reasons',
        'pair.first_id',
        'pair.second_id',
        'first.name as first_name',
        'second.name as second_name'
      ])
      .$if(readCursor(after) !== null, (query) => {
        const { permille, id } = readCursor(after)!;
        return query.where((where) =>
          where.or([
            where('pair.likelihood_permille', '<', permille),
            where.and([where('pair.likelihood_permille', '=', permille), where('pair.id', '>', id)])
          ])
        );
      })
      .orderBy('pair.likelihood_permille', 'desc')
      .orderBy('pair.id')
      .limit(PAIRS_PAGE_COUNT + 1)
      .execute();
    const { count } = await openPairs(tx, territoryId)
      .select((select) => select.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    const shown = rows.slice(0, PAIRS_PAGE_COUNT);
    const last = shown.at(-1);
    return {
      pairs: shown.map((row) => ({
        id: row.id,
        permille: row.likelihood_permille,
        reasons: row.reasons as unknown as LikenessReason[],
        first: { id: row.first_id, name: row.first_name },
        second: { id: row.second_id, name: row.second_name }
      })),
      total: Number(count),
      next: rows.length > PAIRS_PAGE_COUNT && last ? `${last.likelihood_permille}:${last.id}` : null,
      merges: await latestMerges(tx, territoryId)
    };
  });
}

/** Pairs whose two sheets are still there. */
function openPairs(tx: Tx, territoryId: Id) {
  return tx
    .selectFrom('duplicate_pair as pair')
    .innerJoin('organization as first', 'first.id', 'pair.first_id')
    .innerJoin('organization as second', 'second.id', 'pair.second_id')
    .where('pair.territory_id', '=', territoryId)
    .where('pair.state', '=', 'open')
    .where('first.status', '!=', 'merged')
    .where('second.status', '!=', 'merged');
}

function readCursor(after: string | null): { permille: number; id: Id } | null {
  const [permille, id] = (after ?? '').split(':');
  return permille && /^\d{1,4}$/.test(permille) && isId(id) ? { permille: Number(permille), id } : null;
}

async function latestMerges(tx: Tx, territoryId: Id): Promise<MergeLine[]> {
  const rows = await tx
    .selectFrom('merge')
    .innerJoin('organization as kept', 'kept.id', 'merge.kept_id')
    .innerJoin('organization as absorbed', 'absorbed.id', 'merge.absorbed_id')
    .select([
      'merge.id',
      'merge.kept_id',
      'kept.name as kept_name',
      'absorbed.name as absorbed_name',
      'merge.merged_at'
    ])
    .where('merge.territory_id', '=', territoryId)
    .where('merge.undone_at', 'is', null)
    .orderBy('merge.id', 'desc')
    .limit(MERGES_SHOWN_COUNT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    keptId: row.kept_id,
    keptName: row.kept_name,
    absorbedName: row.absorbed_name,
    mergedAt: row.merged_at
  }));
}

/** One field of the two sheets side by side. */
export interface ComparedField {
  readonly field: MergedField;
  readonly first: string | readonly string[] | null;
  readonly second: string | readonly string[] | null;
  readonly isSame: boolean;
  readonly isList: boolean;
  /** What is proposed when the first sheet is kept, and when the second is. */
  readonly proposed: { readonly first: MergeChoice; readonly second: MergeChoice };
}

export interface ComparedSheet {
  readonly id: Id;
  readonly name: string;
  readonly status: string;
  readonly source: string | null;
  readonly confirmedAt: Instant | null;
  readonly createdAt: Instant;
  readonly places: readonly string[];
  readonly services: readonly string[];
  readonly posts: readonly string[];
  readonly members: number;
}

export interface ComparedPair {
  readonly id: Id;
  readonly permille: number;
  readonly reasons: readonly LikenessReason[];
  readonly first: ComparedSheet;
  readonly second: ComparedSheet;
  readonly fields: readonly ComparedField[];
  /** Which sheet is better kept: confirmed by somebody, then the fuller, then the older. */
  readonly betterKept: 'first' | 'second';
}

/** The two sheets of an open pair; null when absent, decided, or not for this reader. */
export async function compareDuplicate(ctx: Context, territoryId: Id, pairId: Id): Promise<ComparedPair | null> {
  if (!mayImport(ctx.actor, territoryId) || !isId(pairId)) return null;
  return reading(ctx, async (tx) => {
    const pair = await openPairs(tx, territoryId).selectAll('pair').where('pair.id', '=', pairId).executeTakeFirst();
    if (!pair) return null;
    const rows = await tx
      .selectFrom('organization')
      .selectAll()
      .where('id', 'in', [pair.first_id, pair.second_id])
      .execute();
    const [first, second] = [
      rows.find((row) => row.id === pair.first_id)!,
      rows.find((row) => row.id === pair.second_id)!
    ];
    const sheets = { first: await describeSheet(tx, first), second: await describeSheet(tx, second) };
    const fields = MERGED_FIELDS.map((field) => compareField(field, first, second));
    const filled = (side: 'first' | 'second') =>
      fields.filter((field) => field[side] !== null).length + sheets[side].services.length + sheets[side].places.length;
    const confirmed = Number(second.confirmed_at ?? 0) - Number(first.confirmed_at ?? 0);
    const better = confirmed !== 0 ? confirmed > 0 : filled('second') > filled('first');
    return {
      id: pair.id,
      permille: pair.likelihood_permille,
      reasons: pair.reasons as unknown as LikenessReason[],
      ...sheets,
      fields,
      betterKept: better ? 'second' : 'first'
    };
  });
}

function compareField(
  field: MergedField,
  first: Record<string, unknown>,
  second: Record<string, unknown>
): ComparedField {
  return {
    field,
    first: shown(first[field]),
    second: shown(second[field]),
    isSame: sameValue(first[field], second[field]),
    isList: MERGED_LISTS.has(field),
    proposed: { first: proposedChoice(field, first, second), second: proposedChoice(field, second, first) }
  };
}

function shown(value: unknown): string | readonly string[] | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length > 0 ? (value as string[]) : null;
  return String(value as string | number);
}

const LISTED_MAX_COUNT = 20;

async function describeSheet(
  tx: Tx,
  row: {
    id: Id;
    name: string;
    status: string;
    source: string | null;
    confirmed_at: Instant | null;
    created_at: Instant;
  }
): Promise<ComparedSheet> {
  const places = await tx
    .selectFrom('place')
    .select(['label', 'address', 'postcode', 'city'])
    .where('organization_id', '=', row.id)
    .orderBy('position')
    .limit(LISTED_MAX_COUNT)
    .execute();
  const services = await tx
    .selectFrom('service')
    .select('name')
    .where('organization_id', '=', row.id)
    .orderBy('position')
    .limit(LISTED_MAX_COUNT)
    .execute();
  const posts = await tx
    .selectFrom('post')
    .select('title')
    .where('organization_id', '=', row.id)
    .orderBy('id')
    .limit(LISTED_MAX_COUNT)
    .execute();
  const members = await tx
    .selectFrom('role_grant')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organization_id', '=', row.id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    source: row.source,
    confirmedAt: row.confirmed_at,
    createdAt: row.created_at,
    places: places.map((place) => [place.label, place.address, place.postcode, place.city].filter(Boolean).join(', ')),
    services: services.map((service) => service.name),
    posts: posts.map((post) => post.title),
    members: Number(members.count)
  };
}
