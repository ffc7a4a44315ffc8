import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { DEFAULT_INTAKE } from './default-intake.ts';
import type { IntakeQuestion } from './intake.rules.ts';

export interface IntakeVersion {
  /** Null: the questions that come with the product. */
  readonly id: Id | null;
  readonly number: number;
  readonly state: 'draft' | 'published' | 'retired';
  readonly questions: readonly IntakeQuestion[];
  readonly revision: number;
  readonly changedAt: Instant | null;
  readonly triedAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly publishedBy: string | null;
}

const DEFAULT_VERSION: IntakeVersion = {
  id: null,
  number: 0,
  state: 'published',
  questions: DEFAULT_INTAKE,
  revision: 0,
  changedAt: null,
  triedAt: null,
  publishedAt: null,
  publishedBy: null
};

/** What is asked in a territory now. */
export async function publishedIntake(tx: Tx, territoryId: Id): Promise<IntakeVersion> {
  const row = await versions(tx, territoryId).where('state', '=', 'published').executeTakeFirst();
  return row ? versionOf(row) : DEFAULT_VERSION;
}

/** The version that already began to ask somebody; the one in force when none did. */
export async function intakeOf(
  tx: Tx,
  territoryId: Id,
  versionId: Id | null,
  hasAnswers: boolean
): Promise<IntakeVersion> {
  if (!versionId) return hasAnswers ? DEFAULT_VERSION : publishedIntake(tx, territoryId);
  const row = await versions(tx, territoryId).where('intake_version.id', '=', versionId).executeTakeFirst();
  return row ? versionOf(row) : publishedIntake(tx, territoryId);
}

export async function intakeDraft(tx: Tx, territoryId: Id): Promise<IntakeVersion | null> {
  const row = await versions(tx, territoryId).where('state', '=', 'draft').executeTakeFirst();
  return row ? versionOf(row) : null;
}

const HISTORY_MAX_COUNT = 100;

/** All that was ever published, newest first. */
export async function intakeHistory(tx: Tx, territoryId: Id): Promise<IntakeVersion[]> {
  const rows = await versions(tx, territoryId)
    .where('state', '<>', 'draft')
    .orderBy('number', 'desc')
    .limit(HISTORY_MAX_COUNT)
    .execute();
  return rows.map(versionOf);
}

function versions(tx: Tx, territoryId: Id) {
  return tx
    .selectFrom('intake_version')
    .leftJoin('account', 'account.id', 'published_by')
    .select(['intake_version.id', 'number', 'state', 'questions', 'revision', 'changed_at', 'tried_at', 'published_at'])
    .select('account.name as publishedBy')
    .where('territory_id', '=', territoryId);
}

type Row = Awaited<ReturnType<ReturnType<typeof versions>['execute']>>[number];

function versionOf(row: Row): IntakeVersion {
  return {
    id: row.id,
    number: row.number,
    state: row.state as IntakeVersion['state'],
    questions: row.questions as unknown as IntakeQuestion[],
    revision: row.revision,
    changedAt: row.changed_at,
    triedAt: row.tried_at,
    publishedAt: row.published_at,
    publishedBy: row.publishedBy
  };
}
