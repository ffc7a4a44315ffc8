import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql, type Transaction } from 'kysely';
import type { DB } from './schema.ts';

/** A message that a command decided. `onceKey`: the same key never makes two messages. */
export interface Message {
  readonly channel: 'mail' | 'sms';
  readonly recipient: string;
  /** Name of the template, for the reader of sent messages and the figures; never personal. */
  readonly template: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accountId?: Id | null;
  readonly territoryId?: Id | null;
  readonly onceKey?: string;
}

/** Writes `message` in the caller's transaction; it leaves after the commit. A known `onceKey` writes nothing. */
export async function insertMessage(tx: Transaction<DB>, message: Message, now: Instant): Promise<void> {
  const insert = tx.insertInto('outbox').values({
    channel: message.channel,
    recipient: message.recipient,
    account_id: message.accountId ?? null,
    territory_id: message.territoryId ?? null,
    template: message.template,
    subject: message.subject ?? null,
    body_text: message.text,
    body_html: message.html ?? null,
    headers: JSON.stringify(message.headers ?? {}),
    once_key: message.onceKey ?? null,
    next_attempt_at: now,
    created_at: now
  });
  if (message.onceKey === undefined) {
    await insert.execute();
    return;
  }
  await asPlatform(tx, () => insert.onConflict((conflict) => conflict.column('once_key').doNothing()).execute());
}

/** Row-level security asks of whoever writes "on conflict" that they may read the table, which nobody but the platform may. */
async function asPlatform(tx: Transaction<DB>, write: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ operator: string }>`
    select coalesce(current_setting('terreau.operator', true), '') as operator`.execute(tx);
  await sql`select set_config('terreau.operator', 'on', true)`.execute(tx);
  await write();
  await sql`select set_config('terreau.operator', ${rows[0]!.operator}, true)`.execute(tx);
}
