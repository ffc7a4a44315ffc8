import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql, type RawBuilder } from 'kysely';
import { eraseNamesInDossiers, NAME_SOUGHT_MIN_CHARACTERS } from './erase-names.ts';
import { rowsOf, type PersonalSubject } from './personal-subject.ts';
import type { PersonalTable, PersonKey } from './privacy-entry.ts';
import { PRIVACY_REGISTRY } from './privacy-registry.ts';

/** What an erasure did. */
export interface Erasure {
  /** Rows deleted and rows made anonymous, by table; tables without any are left out. */
  readonly deleted: Readonly<Record<string, number>>;
  readonly anonymised: Readonly<Record<string, number>>;
  /** Messages that went: their copies on disk, where there are some, bear these names. */
  readonly messageIds: readonly Id[];
  /** Recordings and documents that nobody names any more: whoever called removes them from the file store. */
  readonly fileIds: readonly Id[];
  /** Tables of which something stays, for the reason that the registry gives. */
  readonly holds: readonly string[];
}

/**
 * Takes `subject` out of every table, as the registry says. The caller holds the platform's rights, and erases in one
 * transaction: all of it, or nothing.
 */
export async function eraseRows(tx: Tx, subject: PersonalSubject): Promise<Erasure> {
  const deleted: Record<string, number> = {};
  const anonymised: Record<string, number> = {};
  const messageIds = await messagesOf(tx, subject);
  const fileIds = [...(await recordingsOf(tx, subject)), ...(await documentsOf(tx, subject))];
  await eraseSheetsTypedForThem(tx, subject);
  await eraseDossiersOfTheirOwn(tx, subject);
  await eraseWordsSentToOthers(tx, subject);
  for (const entry of PRIVACY_REGISTRY) {
    for (const key of entry.keys) {
      if (key.erasure === 'keep') continue;
      const condition = rowsOf(key, subject, 'known');
      if (!condition) continue;
      const counts = key.erasure === 'delete' ? deleted : anonymised;
      const { numAffectedRows } = await (
        key.erasure === 'delete'
          ? sql`delete from ${sql.table(entry.table)} where ${condition}`
          : sql`update ${sql.table(entry.table)} set ${assignments(key, subject)} where ${condition}`
      ).execute(tx);
      if (numAffectedRows) counts[entry.table] = (counts[entry.table] ?? 0) + Number(numAffectedRows);
    }
  }
  const holds = PRIVACY_REGISTRY.filter((entry) => entry.hold && anonymised[entry.table]).map((entry) => entry.table);
  return { deleted, anonymised, messageIds, fileIds, holds };
}

function assignments(key: PersonKey, subject: PersonalSubject) {
  const column = sql.ref(key.column);
  const emptied = (key.clears ?? []).map((name) => sql`${sql.ref(name)} = null`);
  if (key.keepsKey) return sql.join(emptied);
  const cleaned = key.json ? withoutAddresses(column, subject.proven) : sql`null`;
  return sql.join([sql`${column} = ${cleaned}`, ...emptied]);
}

/** A JSON value in which each address gave way to nothing, wherever it stood. */
function withoutAddresses(column: RawBuilder<unknown>, addresses: readonly string[]): RawBuilder<unknown> {
  const cleaned = addresses.reduce<RawBuilder<unknown>>(
    (text, address) => sql`regexp_replace(${text}, ${address.replace(/[^a-z0-9@]/g, '\\$&')}, '', 'gi')`,
    sql`${column}::text`
  );
  return sql`(${cleaned})::jsonb`;
}

async function messagesOf(tx: Tx, subject: PersonalSubject): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from outbox where account_id = any(${subject.accountIds}::uuid[])
      or lower(recipient) = any(${subject.addresses}::text[])`.execute(tx);
  return rows.map((row) => row.id);
}

async function recordingsOf(tx: Tx, subject: PersonalSubject): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select voice_file_id as id from request
    where person_id = any(${subject.personIds}::uuid[]) and voice_file_id is not null`.execute(tx);
  return rows.map((row) => row.id);
}

/** The files of the dossiers that are about to go. */
async function documentsOf(tx: Tx, subject: PersonalSubject): Promise<Id[]> {
  if (subject.dossiers.length === 0) return [];
  const { rows } = await sql<{ id: Id }>`
    select file_id as id from dossier_document where dossier_id in (select d.id from dossier d where ${carriedAlone(subject)})`.execute(
    tx
  );
  return rows.map((row) => row.id);
}

/** A sheet that was typed for them goes with them, unless other people have come to stand behind it. */
async function eraseSheetsTypedForThem(tx: Tx, subject: PersonalSubject): Promise<void> {
  if (subject.personIds.length === 0) return;
  await sql`
    delete from organization o where o.id in (
        select subject_id from assisted_entry where subject_kind = 'organization' and person_id = any(${subject.personIds}::uuid[]))
      and o.status <> 'merged'
      and not exists (select from organization m where m.merged_into = o.id)
      and not exists (select from role_grant g where g.organization_id = o.id and g.ended_at is null
                        and g.account_id <> all(${subject.accountIds}::uuid[]))`.execute(tx);
}

/**
 * The dossier of a project that they carry alone goes with them. Of one that others carry too, or of an organisation,
 * their name leaves the words.
 */
async function eraseDossiersOfTheirOwn(tx: Tx, subject: PersonalSubject): Promise<void> {
  if (subject.dossiers.length === 0) return;
  await sql`delete from dossier d where ${carriedAlone(subject)}`.execute(tx);
  await eraseNamesInDossiers(tx, subject);
}

/** Dossiers `d` of a project of which nobody else is a carrier or a member. */
function carriedAlone(subject: PersonalSubject): RawBuilder<boolean> {
  return sql<boolean>`d.id = any(${subject.dossiers}::uuid[]) and d.kind = 'project'
    and not exists (
      select from dossier_member m where m.dossier_id = d.id and m.role in ('carrier', 'member')
        and (m.account_id is null or m.account_id <> all(${subject.accountIds}::uuid[]))
        and (m.person_id is null or m.person_id <> all(${subject.personIds}::uuid[])))`;
}

/** Messages already delivered to others ("… invites you") lose their words: their readers have them. */
async function eraseWordsSentToOthers(tx: Tx, subject: PersonalSubject): Promise<void> {
  const sought = [...subject.names.filter((name) => name.length >= NAME_SOUGHT_MIN_CHARACTERS), ...subject.proven];
  for (const word of sought) {
    await sql`
      update outbox set body_text = '', body_html = null, subject = null, calendar_text = null, calendar_method = null
      where state = 'sent' and position(lower(${word}) in lower(concat_ws(' ', subject, body_text, body_html, replace(calendar_text, E'\\r\\n ', '')))) > 0`.execute(
      tx
    );
  }
}

/** The words with which the registry explains what stays. */
export function holdsOf(tables: readonly string[], language: 'fr' | 'en'): string[] {
  return PRIVACY_REGISTRY.filter((entry: PersonalTable) => entry.hold && tables.includes(entry.table)).map(
    (entry) => entry.hold![language]
  );
}
