import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { standingOf, type SupportStanding } from './support-freshness.rules.ts';
import { fieldsOfRow } from './support-rows.ts';
import type { SupportFields } from './support.schema.ts';

/** A sheet of the catalogue as it is shown: its fields, whose it is, and whether it still holds. */
export interface SupportSheet extends SupportFields {
  readonly id: Id;
  readonly territoryId: Id;
  readonly status: 'draft' | 'published' | 'hidden' | 'withdrawn';
  readonly standing: SupportStanding;
  /** What it follows in the directory; null: a sheet of the territory's own. */
  readonly followed: 'service' | 'skill' | 'offer' | null;
  readonly organization: {
    readonly id: Id;
    readonly name: string;
    readonly acronym: string | null;
    readonly website: string | null;
  } | null;
  readonly postId: Id | null;
  readonly neighbourhood: string | null;
  /** How the person wishes to be named; null: not at all, or no person. */
  readonly shownName: string | null;
  readonly checkedOn: LocalDate | null;
  /** First name or name of the account of whoever checked; null: the source itself, or nobody. */
  readonly checkedBy: string | null;
  readonly proposedUntil: LocalDate | null;
  readonly source: string | null;
  readonly sourceId: string | null;
  /** Offers that it has on its hands. */
  readonly load: number;
  readonly updatedAt: Date;
}

/** The sheets of `ids` that the actor may see, in that order. `today` is the territory's. */
export async function readSheets(tx: Tx, ids: readonly Id[], today: LocalDate): Promise<SupportSheet[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('support')
    .leftJoin('organization', 'organization.id', 'support.organization_id')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'support.neighbourhood_id')
    .leftJoin('skill', 'skill.id', 'support.skill_id')
    .leftJoin('account', 'account.id', 'support.checked_by')
    .selectAll('support')
    .select(['organization.name as organization_name', 'organization.acronym', 'organization.website'])
    .select(['neighbourhood.name as neighbourhood_name', 'skill.shown_name', 'account.name as checker'])
    .select(sql<number>`case when capacity is null then 0 else support_load(support.id) end`.as('load'))
    .where('support.id', 'in', ids)
    .execute();
  const sheets = new Map(rows.map((row) => [row.id, sheetOf(row, today)]));
  return ids.flatMap((id) => sheets.get(id) ?? []);
}

type SheetRow = Readonly<Record<string, unknown>> & {
  id: Id;
  territory_id: Id;
  kind: string;
  status: string;
  service_id: Id | null;
  skill_id: Id | null;
  post_id: Id | null;
  organization_id: Id | null;
  organization_name: string | null;
  acronym: string | null;
  website: string | null;
  neighbourhood_name: string | null;
  shown_name: string | null;
  checker: string | null;
  checked_on: LocalDate | null;
  opens_on: LocalDate | null;
  closes_on: LocalDate | null;
  proposed_until: LocalDate | null;
  source: string | null;
  source_id: string | null;
  load: number;
  updated_at: Date;
};

function sheetOf(row: SheetRow, today: LocalDate): SupportSheet {
  const dates = {
    kind: row.kind,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    checkedOn: row.checked_on,
    proposedUntil: row.proposed_until
  };
  return {
    ...fieldsOfRow(row),
    id: row.id,
    territoryId: row.territory_id,
    status: row.status as SupportSheet['status'],
    standing: standingOf(dates, today),
    followed: row.service_id ? 'service' : row.skill_id ? 'skill' : row.post_id ? 'offer' : null,
    organization: row.organization_id
      ? { id: row.organization_id, name: row.organization_name ?? '', acronym: row.acronym, website: row.website }
      : null,
    postId: row.post_id,
    neighbourhood: row.neighbourhood_name,
    shownName: row.shown_name,
    checkedOn: row.checked_on,
    checkedBy: row.checker,
    proposedUntil: row.proposed_until,
    source: row.source,
    sourceId: row.source_id,
    load: row.load,
    updatedAt: row.updated_at
  };
}
