import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { asPlatform } from '../trust/as-platform.ts';

/** A message as its reader has it. The words go after a week, as everywhere. */
export interface SentMessage {
  readonly id: Id;
  readonly channel: 'mail' | 'sms';
  readonly recipient: string;
  readonly subject: string | null;
  readonly text: string;
  readonly at: Instant;
}

export interface SentMessages {
  readonly messages: readonly SentMessage[];
  readonly next: Id | null;
}

export const SENT_PAGE_MESSAGES = 20;

/**
 * The messages of the demonstration, newest first, to everybody or to one address. Whoever calls has made sure that this
 * is the demonstration: anywhere else nobody reads the messages of others.
 */
export async function readSentMessages(
  ctx: Context,
  { recipient, after }: { readonly recipient: string | null; readonly after: string | null }
): Promise<SentMessages> {
  const rows = await reading(ctx, (tx) =>
    asPlatform(tx, () =>
      tx
        .selectFrom('outbox')
        .select(['id', 'channel', 'recipient', 'subject', 'body_text as text', 'created_at as at'])
        .$if(recipient !== null, (query) => query.where('recipient', '=', recipient!))
        .$if(isId(after), (query) => query.where('id', '<', after!))
        .orderBy('id', 'desc')
        .limit(SENT_PAGE_MESSAGES + 1)
        .execute()
    )
  );
  const messages = rows
    .slice(0, SENT_PAGE_MESSAGES)
    .map((row) => ({ ...row, channel: row.channel as SentMessage['channel'] }));
  return { messages, next: rows.length > SENT_PAGE_MESSAGES ? messages.at(-1)!.id : null };
}

export interface SentRecipient {
  readonly recipient: string;
  readonly count: number;
}

export const SENT_RECIPIENTS_MAX_COUNT = 60;

/** Who received something, whoever did most recently first. */
export async function listSentRecipients(ctx: Context): Promise<SentRecipient[]> {
  const rows = await reading(ctx, (tx) =>
    asPlatform(tx, () =>
      tx
        .selectFrom('outbox')
        .select(['recipient', (select) => select.fn.countAll<string>().as('count')])
        .groupBy('recipient')
        .orderBy((order) => order.fn.max('created_at'), 'desc')
        .limit(SENT_RECIPIENTS_MAX_COUNT)
        .execute()
    )
  );
  return rows.map((row) => ({ recipient: row.recipient, count: Number(row.count) }));
}
