import { isId, newId } from '@terreau/kernel/ids';
import { accept, refuse } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { VISITOR, type Actor } from './context.ts';
import { contextFor, operatorContext, testDatabase } from './testing.ts';
import { reading, transaction } from './transaction.ts';

const engine = await testDatabase();

function insertTerritory(slug: string) {
  return transaction(operatorContext(engine), 'create-territory', async (tx, ledger) => {
    const { id } = await tx
      .insertInto('territory')
      .values({ slug, name: slug })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('territory', id, id);
    ledger.send({
      channel: 'mail',
      recipient: 'a@example.org',
      template: 'test',
      text: 'bonjour',
      onceKey: `made-${slug}`
    });
    return accept(id);
  });
}

test('what is accepted is committed with its journal row and its message', async () => {
  const verdict = await insertTerritory('accepted');
  if (!verdict.ok) throw new Error('refused');
  const { audit, message } = await reading(operatorContext(engine), async (tx) => ({
    audit: await tx.selectFrom('audit').selectAll().where('subject_id', '=', verdict.value).execute(),
    message: await tx.selectFrom('outbox').selectAll().where('once_key', '=', 'made-accepted').execute()
  }));
  expect(audit).toMatchObject([{ action: 'create-territory', acts_as: 'operator', subject_kind: 'territory' }]);
  expect(message).toHaveLength(1);
});

test('what is refused, or fails, leaves nothing behind', async () => {
  const refused = await transaction(operatorContext(engine), 'try', async (tx, ledger) => {
    await tx.insertInto('territory').values({ slug: 'refused', name: 'refused' }).execute();
    ledger.send({ channel: 'sms', recipient: '0639980000', template: 'test', text: 'non', onceKey: 'refused' });
    return refuse('not-today');
  });
  expect(refused).toMatchObject({ ok: false, code: 'not-today' });
  await expect(
    transaction(operatorContext(engine), 'try', async (tx) => {
      await tx.insertInto('territory').values({ slug: 'failed', name: 'failed' }).execute();
      throw new Error('a bug');
    })
  ).rejects.toThrow('a bug');
  const left = await reading(operatorContext(engine), async (tx) => ({
    territories: await tx.selectFrom('territory').select('slug').where('slug', 'in', ['refused', 'failed']).execute(),
    messages: await tx.selectFrom('outbox').select('id').where('once_key', '=', 'refused').execute()
  }));
  expect(left).toEqual({ territories: [], messages: [] });
});

test('the same key never makes two messages', async () => {
  for (let i = 0; i < 2; i += 1) {
    await transaction(operatorContext(engine), 'remind', async (_tx, ledger) => {
      ledger.send({
        channel: 'mail',
        recipient: 'a@example.org',
        template: 'test',
        text: String(i),
        onceKey: 'reminder-1'
      });
      return accept();
    });
  }
  const rows = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('outbox').select('body_text').where('once_key', '=', 'reminder-1').execute()
  );
  expect(rows).toEqual([{ body_text: '0' }]);
});

test('a visitor’s command sends its messages too, once each, and gains no other right by it', async () => {
  for (let i = 0; i < 2; i += 1) {
    const verdict = await transaction(contextFor(engine, VISITOR), 'ask', async (_tx, ledger) => {
      ledger.send({ channel: 'mail', recipient: 'b@example.org', template: 'test', text: 'sans clé' });
      ledger.send({
        channel: 'mail',
        recipient: 'b@example.org',
        template: 'test',
        text: 'avec clé',
        onceKey: 'asked'
      });
      ledger.send({ channel: 'mail', recipient: 'b@example.org', template: 'test', text: 'sans clé' });
      return accept();
    });
    expect(verdict.ok).toBe(true);
  }
  const rows = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('outbox').select('body_text').where('recipient', '=', 'b@example.org').orderBy('id').execute()
  );
  expect(rows.filter((row) => row.body_text === 'avec clé')).toHaveLength(1);
  expect(rows).toHaveLength(5);
  const seen = await reading(contextFor(engine, VISITOR), (tx) => tx.selectFrom('outbox').select('id').execute());
  expect(seen).toEqual([]);
});

test('a visitor and another territory’s facilitator see no person; their own facilitator does', async () => {
  const here = await insertTerritory('here');
  const there = await insertTerritory('there');
  if (!here.ok || !there.ok) throw new Error('refused');
  await transaction(operatorContext(engine), 'add-person', async (tx) => {
    await tx
      .insertInto('person')
      .values({ territory_id: here.value, display_name: 'Une personne', phone: '0639980001' })
      .execute();
    return accept();
  });
  const seenBy = (actor: Actor) =>
    reading(contextFor(engine, actor), (tx) => tx.selectFrom('person').select('id').execute());
  const facilitatorOf = (territoryId: string): Actor => ({
    ...VISITOR,
    accountId: newId(),
    grants: [{ role: 'facilitator', territoryId, organizationId: null }]
  });
  expect(await seenBy(VISITOR)).toHaveLength(0);
  expect(await seenBy(facilitatorOf(there.value))).toHaveLength(0);
  expect(await seenBy(facilitatorOf(here.value))).toHaveLength(1);
});

test('reading cannot write', async () => {
  await expect(
    reading(operatorContext(engine), (tx) => tx.insertInto('territory').values({ slug: 'x', name: 'x' }).execute())
  ).rejects.toThrow(/read-only/);
});

test('what is written later has a later id, even within a millisecond', async () => {
  const ids: string[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const { rows } = await engine.pool.query<{ id: string }>('select uuidv7()::text as id');
    ids.push(rows[0]!.id);
  }
  expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
});
