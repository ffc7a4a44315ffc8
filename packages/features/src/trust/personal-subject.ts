import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql, type RawBuilder } from 'kysely';
import type { PersonKey } from './privacy-entry.ts';

/** Everything by which one human being can be found in the tables. */
export interface PersonalSubject {
  readonly names: readonly string[];
  readonly accountIds: readonly Id[];
  readonly personIds: readonly Id[];
  /** What they wrote: sheets, needs and offers, skills, requests. */
  readonly written: readonly Id[];
  /** Their places in the circles of dossiers. */
  readonly seats: readonly Id[];
  /** Dossiers of which they are or were a carrier or a member. */
  readonly dossiers: readonly Id[];
  /** Addresses that they proved to be theirs. */
  readonly proven: readonly string[];
  /** Those, and what was typed for them and that nobody else bears: a family may share one telephone. */
  readonly addresses: readonly string[];
}

/** The subject behind an account, with the persons that it is in each territory. */
export async function subjectOfAccount(tx: Tx, accountId: Id): Promise<PersonalSubject | null> {
  const account = await tx
    .selectFrom('account')
    .select(['name', 'email'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!account) return null;
  const persons = await tx.selectFrom('person').selectAll().where('account_id', '=', accountId).execute();
  return complete(tx, [accountId], persons, account.name, [account.email]);
}

/** The subject behind a person who has no account. */
export async function subjectOfPerson(tx: Tx, personId: Id): Promise<PersonalSubject | null> {
  const person = await tx
    .selectFrom('person')
    .selectAll()
    .where('id', '=', personId)
    .where('account_id', 'is', null)
    .executeTakeFirst();
  return person ? complete(tx, [], [person], person.display_name, []) : null;
}

/** The rows of a table that `key` ties to `subject`; null when nothing can tie them. `proven`: by addresses that were proven only. */
export function rowsOf(key: PersonKey, subject: PersonalSubject, only: 'proven' | 'known'): RawBuilder<boolean> | null {
  const column = sql.ref(key.column);
  if (key.holds === 'inside') return containing(column, [...subject.accountIds, ...subject.proven]);
  if (key.holds === 'address' || key.holds === 'published') {
    const addresses = key.holds === 'address' && only === 'known' ? subject.addresses : subject.proven;
    if (key.json) return containing(column, addresses);
    return addresses.length > 0 ? sql<boolean>`lower(${column}) = any(${addresses}::text[])` : null;
  }
  const ids = {
    account: subject.accountIds,
    person: subject.personIds,
    named: [...subject.accountIds, ...subject.personIds],
    written: subject.written,
    seat: subject.seats,
    dossier: subject.dossiers
  }[key.holds];
  return ids.length > 0 ? sql<boolean>`${column} = any(${ids}::uuid[])` : null;
}

function containing(column: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> | null {
  if (words.length === 0) return null;
  const found = words.map((word) => sql<boolean>`position(${word} in lower(${column}::text)) > 0`);
  return sql<boolean>`(${sql.join(found, sql` or `)})`;
}

interface PersonRow {
  readonly id: Id;
  readonly display_name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

async function complete(
  tx: Tx,
  accountIds: Id[],
  persons: readonly PersonRow[],
  name: string,
  proven: string[]
): Promise<PersonalSubject> {
  const personIds = persons.map((person) => person.id);
  const typed = persons
    .flatMap((person) => [person.email, person.phone])
    .filter((text) => text !== null)
    .map((text) => text.toLowerCase());
  const shared = await borneByOthers(tx, typed, accountIds, personIds);
  return {
    names: [...new Set([name, ...persons.map((person) => person.display_name)])].filter((text) => text !== ''),
    accountIds,
    personIds,
    written: await writtenBy(tx, accountIds, personIds),
    seats: await seatsOf(tx, accountIds, personIds),
    dossiers: await dossiersOf(tx, accountIds, personIds),
    proven,
    addresses: [...new Set([...proven, ...typed.filter((text) => !shared.has(text))])]
  };
}

async function borneByOthers(tx: Tx, addresses: string[], accountIds: Id[], personIds: Id[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const { rows } = await sql<{ address: string }>`
    select lower(email) as address from account
      where lower(email) = any(${addresses}::text[]) and id <> all(${accountIds}::uuid[])
    union select lower(email) from person where lower(email) = any(${addresses}::text[]) and id <> all(${personIds}::uuid[])
    union select phone from person where phone = any(${addresses}::text[]) and id <> all(${personIds}::uuid[])
    union select lower(email) from organization where lower(email) = any(${addresses}::text[])
    union select phone from organization where phone = any(${addresses}::text[])`.execute(tx);
  return new Set(rows.map((row) => row.address));
}

async function writtenBy(tx: Tx, accountIds: Id[], personIds: Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from skill where person_id = any(${personIds}::uuid[])
    union select id from request where person_id = any(${personIds}::uuid[])
    union select id from organization where created_by = any(${accountIds}::uuid[])
    union select id from post where posted_by = any(${accountIds}::uuid[])
    union select subject_id from assisted_entry where person_id = any(${personIds}::uuid[])`.execute(tx);
  return rows.map((row) => row.id);
}

async function seatsOf(tx: Tx, accountIds: Id[], personIds: Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from dossier_member
    where account_id = any(${accountIds}::uuid[]) or person_id = any(${personIds}::uuid[])`.execute(tx);
  return rows.map((row) => row.id);
}

async function dossiersOf(tx: Tx, accountIds: Id[], personIds: Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select distinct dossier_id as id from dossier_member
    where role in ('carrier', 'member')
      and (account_id = any(${accountIds}::uuid[]) or person_id = any(${personIds}::uuid[]))`.execute(tx);
  return rows.map((row) => row.id);
}
