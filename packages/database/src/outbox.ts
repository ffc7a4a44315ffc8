import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { Transaction } from 'kysely';
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
  await tx
    .insertInto('outbox')
    .values({
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
    })
    .onConflict((conflict) => conflict.column('once_key').doNothing())
    .execute();
}
