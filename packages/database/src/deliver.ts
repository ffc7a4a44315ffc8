import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import nodemailer from 'nodemailer';
import type { Engine } from './engine.ts';

/** A message on its way out. `id` stays the same however often it is tried. */
export interface OutgoingMessage {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly calendarMethod: 'REQUEST' | 'CANCEL' | null;
  readonly calendarText: string | null;
  readonly createdAt: Date;
}

/** A way out for one channel. It must give the receiver `message.id`, so that a repeated delivery can be told apart. */
export type Carrier = (message: OutgoingMessage) => Promise<void>;
export type Carriers = Readonly<Record<'mail' | 'sms', Carrier>>;

const BATCH_ROWS = 50;
const ATTEMPTS_MAX = 8;
const FIRST_RETRY_SECONDS = 30;
/** A message taken longer ago than this was left by a process that died. */
const TAKEN_SECONDS = 120;

/**
 * Sends what is due, each message by one process at a time. A message is taken (committed) before it leaves and marked
 * sent after; a crash between the two makes it leave again under the same id, which a folder overwrites, a gateway
 * recognises and a mail system shows once by its Message-ID.
 */
export async function deliverDue(
  engine: Engine,
  carriers: Carriers,
  now: Date
): Promise<{ sent: number; failed: number }> {
  const taken = await take(engine, now);
  let sent = 0;
  for (const { channel, attempts, ...message } of taken) {
    try {
      await carriers[channel](message);
      await asOperator(
        engine,
        (q) => q`update outbox set state = 'sent', sent_at = ${now}, last_error = null where id = ${message.id}`
      );
      sent += 1;
    } catch (error) {
      await postpone(engine, message.id, attempts, error, now);
    }
  }
  return { sent, failed: taken.length - sent };
}

/** Writes each message as one file, `<id>.eml` or `<id>.txt`: the demonstration's letter box. Writing it twice leaves one. */
export function folderCarrier(folder: string, from: string): Carrier {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return async (message) => {
    await mkdir(folder, { recursive: true });
    const { message: bytes } = await composer.sendMail(envelope(message, from));
    const file = join(folder, `${message.id}.eml`);
    await writeFile(`${file}.partial`, bytes as Buffer);
    await rename(`${file}.partial`, file);
  };
}

/** Hands each message to a mail server. `url` is nodemailer's: `smtps://user:password@host:465`. */
export function smtpCarrier(url: string, from: string): Carrier {
  const transport = nodemailer.createTransport(url);
  return async (message) => {
    await transport.sendMail(envelope(message, from));
  };
}

/** Posts each SMS as JSON to a gateway, with the id as idempotency key. Any answer but 2xx is tried again. */
export function gatewayCarrier(url: string, token: string): Carrier {
  return async (message) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': message.id },
      body: JSON.stringify({ to: message.recipient, text: message.text }),
      signal: AbortSignal.timeout(10_000)
    });
    if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`);
  };
}

interface Taken extends OutgoingMessage {
  readonly channel: 'mail' | 'sms';
  readonly attempts: number;
}

async function take(engine: Engine, now: Date): Promise<Taken[]> {
  const until = new Date(now.getTime() + TAKEN_SECONDS * 1000);
  const { rows } = await asOperator<Taken>(
    engine,
    (q) => q`
      update outbox set state = 'sending', attempts = attempts + 1, next_attempt_at = ${until}
      where id in (select id from outbox where state in ('pending', 'sending') and next_attempt_at <= ${now}
                   order by next_attempt_at limit ${BATCH_ROWS} for update skip locked)
      returning id, channel, recipient, subject, body_text as text, body_html as html, headers, attempts,
        calendar_method as "calendarMethod", calendar_text as "calendarText", created_at as "createdAt"`
  );
  return rows;
}

/** Twice as long after each failure; after the last attempt the message stays, marked failed, for a human. */
async function postpone(engine: Engine, id: string, attempts: number, error: unknown, now: Date): Promise<void> {
  const next = new Date(now.getTime() + FIRST_RETRY_SECONDS * 2 ** (attempts - 1) * 1000);
  const state = attempts >= ATTEMPTS_MAX ? 'failed' : 'pending';
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  await asOperator(
    engine,
    (q) => q`update outbox set state = ${state}, next_attempt_at = ${next}, last_error = ${reason} where id = ${id}`
  );
}

function asOperator<Row>(engine: Engine, statement: (q: typeof sql) => ReturnType<typeof sql<Row>>) {
  return engine.db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'terreau_app', true), set_config('terreau.operator', 'on', true)`.execute(tx);
    return statement(sql).execute(tx);
  });
}

function envelope(message: OutgoingMessage, from: string) {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to: message.recipient,
    subject: message.subject ?? '',
    text: message.text,
    ...(message.html ? { html: message.html } : {}),
    // Beside the words, as another way to read the same mail (RFC 6047), and as a file for whoever opens it by hand.
    ...(message.calendarText && message.calendarMethod
      ? { icalEvent: { method: message.calendarMethod, content: message.calendarText, filename: 'rendez-vous.ics' } }
      : {}),
    messageId: `<${message.id}@${domain}>`,
    date: message.createdAt,
    headers: { 'Auto-Submitted': 'auto-generated', ...message.headers }
  };
}
