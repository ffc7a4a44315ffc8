import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql, type Transaction } from 'kysely';
import { footWords, type MessageFoot } from './message-foot.ts';
import type { DB } from './schema.ts';
import { digestOfRecipient, readMessageKey, signed } from './signed-address.ts';

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
  /** An iCalendar text that goes with the mail: a calendar adds it, changes it or takes it away. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string };
  readonly accountId?: Id | null;
  readonly territoryId?: Id | null;
  readonly onceKey?: string;
  /** Why it reaches its reader; a kind that they refused is not written. A message whose own words say so has none. */
  readonly foot?: MessageFoot;
}

/** What the address of a foot is signed for. */
export const UNSUBSCRIBE_PURPOSE = 'unsubscribe';

/**
 * Writes `message` in the caller's transaction; it leaves after the commit. A known `onceKey` writes nothing, nor does
 * a kind of message that whoever is at this address has refused.
 */
export async function insertMessage(tx: Transaction<DB>, message: Message, now: Instant): Promise<void> {
  const { foot } = message;
  if (foot && foot.kind !== 'essential') {
    await asPlatform(tx, async () => {
      const key = await readMessageKey(tx);
      const digest = digestOfRecipient(key, message.recipient);
      if (await isRefused(tx, digest, foot.kind)) return;
      const stop = `${foot.origin}/unsubscribe/${signed(key, UNSUBSCRIBE_PURPOSE, `${foot.kind}.${digest}`)}`;
      await insert(tx, withFoot(message, stop), now);
    });
    return;
  }
  const whole = foot ? withFoot(message, null) : message;
  if (message.onceKey === undefined) await insert(tx, whole, now);
  else await asPlatform(tx, () => insert(tx, whole, now));
}

async function insert(tx: Transaction<DB>, message: Message, now: Instant): Promise<void> {
  const row = tx.insertInto('outbox').values({
    channel: message.channel,
    recipient: message.recipient,
    account_id: message.accountId ?? null,
    territory_id: message.territoryId ?? null,
    template: message.template,
    subject: message.subject ?? null,
    body_text: message.text,
    body_html: message.html ?? null,
    headers: JSON.stringify(message.headers ?? {}),
    calendar_method: message.calendar?.method ?? null,
    calendar_text: message.calendar?.text ?? null,
    once_key: message.onceKey ?? null,
    next_attempt_at: now,
    created_at: now
  });
  if (message.onceKey === undefined) await row.execute();
  else await row.onConflict((conflict) => conflict.column('once_key').doNothing()).execute();
}

async function isRefused(tx: Transaction<DB>, digest: string, kind: string): Promise<boolean> {
  const row = await tx
    .selectFrom('unsubscription')
    .select('kind')
    .where('recipient_digest', '=', digest)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row !== undefined;
}

/** The message with its foot; a mail that may be refused also says so to the mailbox, which shows a button (RFC 8058). */
function withFoot(message: Message, stop: string | null): Message {
  const words = footWords(message.channel, message.foot!, stop);
  if (words === '') return message;
  const text = `${message.text.trimEnd()}\n\n${message.channel === 'mail' ? '-- \n' : ''}${words}\n`;
  const html = message.html && withHtmlFoot(message.html, words);
  const headers: Record<string, string> =
    stop && message.channel === 'mail'
      ? { 'List-Unsubscribe': `<${stop}/one-click>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {};
  return { ...message, text, ...(html ? { html } : {}), headers: { ...headers, ...message.headers } };
}

/** Our own words and a signed address: nothing in them needs escaping. */
function withHtmlFoot(html: string, words: string): string {
  const linked = words.replace(/https?:\S+/, (address) => `<a href="${address}" style="color:#2f6b4f">${address}</a>`);
  const foot = `<p style="margin:24px 0 0;font-size:14px;word-break:break-word">${linked.replaceAll('\n', '<br>')}</p>`;
  return html.includes('</body>') ? html.replace('</body>', `${foot}\n</body>`) : `${html}\n${foot}`;
}

/** Row-level security asks of whoever writes "on conflict" that they may read the table, which nobody but the platform may. */
async function asPlatform(tx: Transaction<DB>, write: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ operator: string }>`
    select coalesce(current_setting('terreau.operator', true), '') as operator`.execute(tx);
  await sql`select set_config('terreau.operator', 'on', true)`.execute(tx);
  await write();
  await sql`select set_config('terreau.operator', ${rows[0]!.operator}, true)`.execute(tx);
}
