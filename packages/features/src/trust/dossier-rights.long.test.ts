import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { backup } from '@terreau/database/backup';
import { VISITOR } from '@terreau/database/context';
import { diskFiles } from '@terreau/database/files';
import { contextFor, operatorContext, ownerDatabase } from '@terreau/database/testing';
import type { Id } from '@terreau/kernel/ids';
import { afterAll, expect, test } from 'vitest';
import { seedDemonstration } from '../demonstration/seed-demonstration.command.ts';
import { must } from '../directory/directory.fixtures.ts';
import { eraseOwnAccount } from './erase-own-account.command.ts';
import { erasePerson } from './erase-person.command.ts';
import { exportOwnData } from './export-own-data.query.ts';
import { exportPerson } from './export-person.command.ts';
import { findPerson } from './find-person.command.ts';

/*
 * On the demonstration, in which every table of dossiers has rows: words are planted in each of their columns, whichever
 * capability they belong to, then read in the person's export and sought after their erasure.
 */

const engine = await ownerDatabase();
const folder = await mkdtemp(join(tmpdir(), 'terreau-rights-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const files = diskFiles(join(folder, 'files'));
must(await seedDemonstration(operatorContext(engine), 'une-phrase-pour-les-essais-7', 'http://localhost:3000', files));
// What may not be written any more (a signed text, a final budget) stays as it is: false.
await engine.pool.query(`
  create function plant_words(name text, word text, said text, at text) returns boolean language plpgsql as $$
  begin
    execute format('update %I set %I = $1 where ctid = $2::tid', name, word) using said, at;
    return true;
  exception when others then return false;
  end $$`);
const [territory] = await rows<{ id: Id }>(`select id from territory where slug = 'valbrune'`);
const territoryId = territory!.id;

test('with an account: notes are exported word for word and without anybody else’s name; after the erasure 40 planted strings are nowhere', async () => {
  const [carrier] = await rows<{ id: Id; dossier: Id; email: string }>(`
    select a.id, m.dossier_id as dossier, a.email from account a join dossier_member m on m.account_id = a.id
    where a.email like 'porteuse-de-projet@%' and m.role = 'carrier'`);
  const planted = await plant(carrier!.dossier, (n) => `qwzjk${n}xv`);
  const reader = contextFor(engine, { ...VISITOR, accountId: carrier!.id, trust: 'verified' });
  await checkExport(JSON.stringify(await exportOwnData(reader)), carrier!.dossier, planted);
  const erased = must(await eraseOwnAccount(reader, { typedEmail: carrier!.email }));
  await removeFiles(erased.fileIds);
  expect(planted.size).toBeGreaterThanOrEqual(40);
  expect(await foundIn([...planted.keys()])).toEqual([]);
});

test('without an account: the team exports and erases the same for them, their dossier with it', async () => {
  const [carrier] = await rows<{ id: Id; name: string; dossier: Id }>(`
    select p.id, p.display_name as name, m.dossier_id as dossier from person p join dossier_member m on m.person_id = p.id
      join dossier d on d.id = m.dossier_id
    where p.account_id is null and m.role = 'carrier' and d.kind = 'project'
      and exists (select from diagnosis x where x.dossier_id = d.id)
      and not exists (select from dossier_member o where o.dossier_id = d.id and o.id <> m.id and o.role in ('carrier', 'member'))
    order by d.opened_at limit 1`);
  const [coordinator] = await rows<{ id: Id }>(`select id from account where email like 'coordination@%'`);
  const team = contextFor(engine, {
    ...VISITOR,
    accountId: coordinator!.id,
    trust: 'verified',
    grants: [{ role: 'coordinator', territoryId, organizationId: null }]
  });
  const planted = await plant(carrier!.dossier, (n) => `kjvwq${n}zx`);
  const request = { territoryId, personId: carrier!.id };
  // The team's screen tells how much the file holds, and none of its words. Both looks are in the journals since.
  const screen = must(await findPerson(team, request));
  const file = must(await exportPerson(team, request));
  await checkExport(JSON.stringify(file), carrier!.dossier, planted);
  const counted = file.tables.map(({ table, about, done }) => ({ table, count: about.length + done.length }));
  const isJournal = ({ table }: { table: string }) => table === 'audit' || table === 'private_read';
  expect(screen.counts.filter((one) => !isJournal(one))).toEqual(counted.filter((one) => !isJournal(one)));
  expect([...planted.keys()].filter((word) => JSON.stringify(screen).includes(word))).toEqual([]);
  const erased = must(await erasePerson(team, { ...request, typedName: carrier!.name }));
  await removeFiles(erased.fileIds);
  expect(await foundIn([...planted.keys()])).toEqual([]);
});

test('of a dossier that stays with others, the name leaves every column of words, and nothing else does', async () => {
  const [carrier] = await rows<{ id: Id; dossier: Id; email: string }>(`
    select a.id, m.dossier_id as dossier, a.email from account a join dossier_member m on m.account_id = a.id
    where a.email like 'presidente-etoile@%' and m.role = 'carrier'`);
  await engine.pool.query(`update account set name = 'Wilhelmine' where id = $1`, [carrier!.id]);
  const planted = await plant(carrier!.dossier, (n) => `wilhelmine z${n}`);
  const reader = contextFor(engine, { ...VISITOR, accountId: carrier!.id, trust: 'verified' });
  must(await eraseOwnAccount(reader, { typedEmail: carrier!.email }));
  expect(await foundIn(['wilhelmine'])).toEqual([]);
  const words = await rows<{ n: number }>(
    `select count(*)::int as n from note where dossier_id = $1 and done ~ 'z\\d+$'`,
    [carrier!.dossier]
  );
  expect(words[0]!.n).toBe([...planted.values()].filter((column) => column === 'note.done').length);
});

async function rows<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  return (await engine.pool.query<Row>(statement, values)).rows;
}

/** Writes a string of its own in each column of words of each row of a dossier; the strings, with their columns. */
async function plant(dossierId: Id, string: (n: number) => string): Promise<Map<string, string>> {
  const columns = await rows<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
      and format_type(a.atttypid, null) = 'text'
      and (c.relname = 'dossier' or exists (
        select from pg_attribute d where d.attrelid = c.oid and d.attname = 'dossier_id' and not d.attisdropped))
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
        and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ '= ANY|~')
      and (c.relname, a.attname) not in (('private_read', 'what'), ('private_read', 'read_as'))`);
  const planted = new Map<string, string>();
  for (const { table, column } of columns) {
    const id = table === 'dossier' ? 'id' : 'dossier_id';
    const targets = await rows<{ at: string }>(
      `select ctid::text as at from "${table}" where "${id}" = $1 and "${column}" is not null order by ctid`,
      [dossierId]
    );
    for (const { at } of targets) {
      const text = string(planted.size);
      const [done] = await rows<{ ok: boolean }>('select plant_words($1, $2, $3, $4) as ok', [table, column, text, at]);
      if (done!.ok) planted.set(text, `${table}.${column}`);
    }
  }
  return planted;
}

/** Their notes word for word; of the others who were there, neither the name nor the label. */
async function checkExport(text: string, dossierId: Id, planted: ReadonlyMap<string, string>): Promise<void> {
  const of = (column: string) => [...planted].flatMap(([word, where]) => (where === column ? [word] : []));
  const notes = of('note.done');
  expect(notes.length).toBeGreaterThan(2);
  expect(notes.filter((word) => !text.includes(word))).toEqual([]);
  expect(of('note_participant.label').filter((word) => text.includes(word))).toEqual([]);
  const others = await rows<{ name: string }>(
    `select coalesce(a.name, p.display_name) as name from dossier_member m
       left join account a on a.id = m.account_id left join person p on p.id = m.person_id
     where m.dossier_id = $1 and m.role not in ('carrier', 'member')`,
    [dossierId]
  );
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter(({ name }) => new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u').test(text))).toEqual([]);
}

async function removeFiles(ids: readonly Id[]): Promise<void> {
  for (const id of ids) await files.remove(id);
}

/** Where `words` still stand: in the tables, the indexes of the search among them, in the files and in a dump. */
async function foundIn(words: readonly string[]): Promise<string[]> {
  const dump = join(folder, `${crypto.randomUUID()}.backup`);
  await backup(engine, files, dump, new Date());
  const text = gunzipSync(await readFile(dump))
    .toString('utf8')
    .toLowerCase();
  const found = words.filter((word) => text.includes(word));
  for (const { id } of await files.list()) {
    const bytes = Buffer.from((await files.read(id))!)
      .toString('latin1')
      .toLowerCase();
    found.push(...words.filter((word) => bytes.includes(word)));
  }
  return found;
}
