import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { dossierStep, type DossierStep } from './retention.rules.ts';
import { silentDossierMail, silentOwnDossierMail } from './trust-mails.ts';

/** Dossiers warned about or emptied in one night; the next night goes on. */
const DOSSIERS_PER_RUN_COUNT = 200;
/** What a dossier is called once its words are gone. */
const EMPTIED_TITLE = '(…)';

export interface ForgottenDossiers {
  readonly warned: number;
  readonly emptied: number;
  /** Documents that nobody names any more: whoever called removes them from the file store. */
  readonly fileIds: readonly Id[];
}

/**
 * Warns the circle of a dossier in which nobody has been met for long, then takes its words away: what stays are
 * dates, durations and kinds, from which hours are counted. Every table that has the id of a dossier goes, whichever
 * capability it belongs to. Each dossier is emptied in a transaction of its own.
 */
export async function forgetDossiers(ctx: Context, origin: string): Promise<ForgottenDossiers> {
  const silent = await findSilent(ctx);
  const warned = silent.filter(({ step }) => step === 'warn');
  await warn(ctx, warned, origin);
  const fileIds: Id[] = [];
  const due = silent.filter(({ step }) => step === 'erase');
  for (const { id } of due) fileIds.push(...(await empty(ctx, id)));
  return { warned: warned.length, emptied: due.length, fileIds };
}

interface Silent {
  readonly id: Id;
  readonly slug: string;
  readonly step: DossierStep;
}

/** A contact is a note, a move, or somebody of the structure who looked at their dossier. */
async function findSilent(ctx: Context): Promise<Silent[]> {
  const found = await transaction(ctx, 'find-silent-dossiers', async (tx) => {
    const { rows } = await sql<{ id: Id; slug: string; lastContactAt: Instant; warnedAt: Instant | null }>`
      select d.id, t.slug, c.at as "lastContactAt", d.erasure_warned_at as "warnedAt"
      from dossier d join territory t on t.id = d.territory_id
      cross join lateral (select greatest(d.opened_at,
        (select max(n.happened_on)::timestamptz from note n where n.dossier_id = d.id),
        (select max(m.moved_at) from dossier_move m where m.dossier_id = d.id),
        (select max(r.read_at) from private_read r where r.dossier_id = d.id and r.read_as in ('carrier', 'member'))) as at) c
      where d.words_erased_at is null and c.at < ${ctx.now}::timestamptz - interval '21 months'
      order by c.at, d.id limit ${DOSSIERS_PER_RUN_COUNT}`.execute(tx);
    return accept(rows.map(({ id, slug, ...contact }) => ({ id, slug, step: dossierStep(contact, ctx.now) })));
  });
  return found.ok ? found.value.filter(({ step }) => step !== 'none') : [];
}

async function warn(ctx: Context, dossiers: readonly Silent[], origin: string): Promise<void> {
  if (dossiers.length === 0) return;
  await transaction(ctx, 'warn-silent-dossiers', async (tx, ledger) => {
    for (const { id, slug } of dossiers) {
      await tx.updateTable('dossier').set({ erasure_warned_at: ctx.now }).where('id', '=', id).execute();
      for (const person of await warnedOf(tx, id)) {
        const { accountId, recipient, language, accompanies } = person;
        const link = accountId ? `${origin}/${slug}/dossiers/${id}` : null;
        const mail = accompanies ? silentDossierMail(language, link!) : silentOwnDossierMail(language, link);
        const foot = { kind: 'essential', language } as const;
        ledger.send({ channel: 'mail', recipient, accountId, template: 'silent-dossier', foot, ...mail });
      }
    }
    return accept();
  });
}

interface Warned {
  readonly accountId: Id | null;
  readonly recipient: string;
  readonly language: string;
  readonly accompanies: boolean;
}

/** Whoever accompanies, and the structure, whose words they are; once each, by the address that they gave. */
async function warnedOf(tx: Tx, dossierId: Id): Promise<Warned[]> {
  const { rows } = await sql<Warned>`
    select distinct on (coalesce(a.email, p.email)) a.id as "accountId", coalesce(a.email, p.email) as recipient,
      coalesce(a.language, 'fr') as language, m.role = 'facilitator' as accompanies
    from dossier_member m
      left join person p on p.id = m.person_id
      left join account a on a.id = coalesce(m.account_id, p.account_id)
    where m.dossier_id = ${dossierId} and m.role in ('facilitator', 'carrier', 'member') and m.left_at is null
      and coalesce(a.email, p.email) is not null
    order by coalesce(a.email, p.email), accompanies desc, m.id`.execute(tx);
  return rows;
}

/** Rows that stay without their words, and how they lose them. */
const KEPT: Readonly<Record<string, string>> = {
  note: 'place = null, done = null, decided = null, to_do = null',
  dossier_move: 'note = null'
};

/** Of these only some rows go. */
const GOES: Readonly<Record<string, string>> = {
  // Whose hours they were is known; who was accompanied is not any more.
  dossier_member: "role <> 'facilitator'",
  // What the structure agreed to show, and may take back, is no longer its dossier's.
  support_case: 'published_at is null'
};

async function empty(ctx: Context, id: Id): Promise<readonly Id[]> {
  const emptied = await transaction(ctx, 'empty-dossier', async (tx, ledger) => {
    const { tables, files } = await tablesOfDossiers(tx);
    const fileIds: Id[] = [];
    for (const { table, column } of files) {
      const { rows } = await sql<{ id: Id }>`
        select ${sql.ref(column)} as id from ${sql.table(table)} where dossier_id = ${id} and ${sql.ref(column)} is not null`.execute(
        tx
      );
      fileIds.push(...rows.map((row) => row.id));
    }
    for (const table of tables) {
      if (table in KEPT)
        await sql`update ${sql.table(table)} set ${sql.raw(KEPT[table]!)} where dossier_id = ${id}`.execute(tx);
      else
        await sql`delete from ${sql.table(table)} where dossier_id = ${id} and ${sql.raw(GOES[table] ?? 'true')}`.execute(
          tx
        );
    }
    await sql`
      update dossier set title = ${EMPTIED_TITLE}, organization_id = null, request_id = null, words_erased_at = ${ctx.now}
      where id = ${id}`.execute(tx);
    ledger.about('dossier', id, null);
    return accept(fileIds);
  });
  return emptied.ok ? emptied.value : [];
}

/** Tables that have the id of a dossier, those that others point to first: what points to them goes with them. */
async function tablesOfDossiers(tx: Tx) {
  const { rows: tables } = await sql<{ table: string; above: string[] }>`
    select c.relname as table, coalesce((
        select json_agg(distinct k.confrelid::regclass::text) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '[]') as above
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'dossier_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by c.relname`.execute(tx);
  const { rows: files } = await sql<{ table: string; column: string }>`
    select c.relname as table, f.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'dossier_id' and not a.attisdropped
      join pg_attribute f on f.attrelid = c.oid and f.attname ~ '(^|_)file_id$' and not f.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(tx);
  const left = new Map(tables.map(({ table, above }) => [table, new Set(above)]));
  const ordered: string[] = [];
  while (left.size > 0) {
    // Two that point to each other: either may go first, since both go.
    const next =
      [...left].find(([, above]) => ![...above].some((one) => left.has(one)))?.[0] ?? left.keys().next().value!;
    ordered.push(next);
    left.delete(next);
  }
  return { tables: ordered, files };
}
