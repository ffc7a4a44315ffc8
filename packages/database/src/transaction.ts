import type { Id } from '@terreau/kernel/ids';
import type { Verdict } from '@terreau/kernel/verdict';
import { sql, type Transaction } from 'kysely';
import {
  coordinatedTerritories,
  isPlatformAdministrator,
  ownOrganizations,
  staffTerritories,
  type Context
} from './context.ts';
import { insertMessage, type Message } from './outbox.ts';
import type { DB } from './schema.ts';

/** A transaction in which the database knows who acts. On the embedded engine nothing else may be queried meanwhile. */
export type Tx = Transaction<DB>;

/** What a command adds to its own commit: what it was about, and the messages it decided. */
export interface Ledger {
  /** The audit row's subject; `details` holds codes and ids, never somebody's words. */
  about(kind: string, id: Id, territoryId: Id | null, details?: Record<string, unknown>): void;
  /** A mail or an SMS that leaves after the commit, once. */
  send(message: Message): void;
}

/**
 * Runs `work` as the only way to write. Accepted: its rows, one audit row and its messages are committed together.
 * Refused: everything that it wrote is rolled back and the refusal is returned. Thrown: rolled back, rethrown.
 * `action` is the command's name in the journal, such as `confirm-organization`.
 */
export async function transaction<Value, Code extends string>(
  ctx: Context,
  action: string,
  work: (tx: Tx, ledger: Ledger) => Promise<Verdict<Value, Code>>
): Promise<Verdict<Value, Code>> {
  try {
    return await ctx.engine.db.transaction().execute(async (tx) => {
      await introduce(tx, ctx);
      const entries = new Entries();
      const verdict = await work(tx, entries);
      if (!verdict.ok) throw new RefusedInside(verdict);
      await entries.write(tx, ctx, action);
      return verdict;
    });
  } catch (error) {
    if (error instanceof RefusedInside) return error.verdict as Verdict<Value, Code>;
    throw error;
  }
}

/** Runs `work` in a read-only transaction in which the database knows who reads. */
export async function reading<Value>(ctx: Context, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return ctx.engine.db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await introduce(tx, ctx);
      return work(tx);
    });
}

/** One look at something private, as the structure supported will read it. */
export interface PrivateRead {
  readonly dossierId: Id;
  readonly territoryId: Id;
  /** As what: the reader's place in the circle. */
  readonly as: string;
  readonly kind: 'page' | 'file' | 'export' | 'search' | 'report';
  /** Which page or file, as a code. */
  readonly what: string;
}

/** Says that something private was read: call it for each dossier that is shown. */
export type Witness = (read: PrivateRead) => void;

/**
 * Reads what is private: whatever \`work\` says it saw is written in the journal of reads in the same transaction, so
 * that nothing is shown that the journal does not hold. The operator looks for nobody: its reads are not written.
 */
export async function witnessed<Value>(ctx: Context, work: (tx: Tx, saw: Witness) => Promise<Value>): Promise<Value> {
  return ctx.engine.db.transaction().execute(async (tx) => {
    await introduce(tx, ctx);
    const reads: PrivateRead[] = [];
    const value = await work(tx, (read) => reads.push(read));
    if (reads.length > 0 && !ctx.actor.isOperator) {
      await tx
        .insertInto('private_read')
        .values(
          reads.map((read) => ({
            dossier_id: read.dossierId,
            territory_id: read.territoryId,
            read_by: ctx.actor.accountId,
            read_as: read.as,
            kind: read.kind,
            what: read.what,
            read_at: ctx.now
          }))
        )
        .execute();
    }
    return value;
  });
}

/** Settings of this transaction only, so that a transaction-mode pooler may stand between the app and the server. */
async function introduce(tx: Tx, { actor, now }: Context): Promise<void> {
  await sql`
    select set_config('role', 'terreau_app', true),
           set_config('terreau.now', ${now.toISOString()}, true),
           set_config('terreau.account', ${actor.accountId ?? ''}, true),
           set_config('terreau.operator', ${actor.isOperator ? 'on' : 'off'}, true),
           set_config('terreau.administrator', ${isPlatformAdministrator(actor) ? 'on' : 'off'}, true),
           set_config('terreau.staff', ${staffTerritories(actor).join(',')}, true),
           set_config('terreau.coordinated', ${coordinatedTerritories(actor).join(',')}, true),
           set_config('terreau.organizations', ${ownOrganizations(actor).join(',')}, true)`.execute(tx);
}

class RefusedInside extends Error {
  readonly verdict: Verdict<never, string>;
  constructor(verdict: Verdict<never, string>) {
    super('refused');
    this.verdict = verdict;
  }
}

interface Subject {
  kind: string;
  id: Id;
  territoryId: Id | null;
  details: Record<string, unknown>;
}

class Entries implements Ledger {
  readonly #subjects: Subject[] = [];
  readonly #messages: Message[] = [];

  about(kind: string, id: Id, territoryId: Id | null, details: Record<string, unknown> = {}): void {
    this.#subjects.push({ kind, id, territoryId, details });
  }

  send(message: Message): void {
    this.#messages.push(message);
  }

  async write(tx: Tx, ctx: Context, action: string): Promise<void> {
    const subjects: (Subject | null)[] = this.#subjects.length > 0 ? this.#subjects : [null];
    await tx
      .insertInto('audit')
      .values(
        subjects.map((subject) => ({
          at: ctx.now,
          action,
          actor_id: ctx.actor.accountId,
          acts_as: ctx.actor.isOperator ? 'operator' : ctx.actor.accountId ? 'account' : 'visitor',
          territory_id: subject?.territoryId ?? null,
          subject_kind: subject?.kind ?? null,
          subject_id: subject?.id ?? null,
          details: JSON.stringify(subject?.details ?? {}),
          request_id: ctx.requestId
        }))
      )
      .execute();
    for (const message of this.#messages) await insertMessage(tx, message, ctx.now);
  }
}
