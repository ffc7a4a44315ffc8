import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { listReads } from '../support/list-reads.query.ts';
import { inCircle, inDays } from '../support/support.fixtures.ts';
import { stepSchema } from './budget.schema.ts';
import { changeBudgetLine } from './change-budget-line.command.ts';
import { copyBudget } from './copy-budget.command.ts';
import { eraseDraftBudget } from './erase-draft-budget.command.ts';
import { budgetInForce, findBudget, listBudgets } from './find-budget.query.ts';
import { aBudget, line } from './funding.fixtures.ts';
import { renameBudget } from './rename-budget.command.ts';
import { recordFundingStep } from './record-funding-step.command.ts';
import { writeBudgetLines } from './write-budget-lines.command.ts';

const engine = await testDatabase();

test('a budget that misses 320 € cannot be final, says by how much, and is final once it is balanced on both counts', async () => {
  const { sheet, write, finalise } = await aBudget(engine);
  expect(await finalise()).toMatchObject({ code: 'budget-empty' });
  await write(line('Outils', '60', '400'), line('Assurance', '61', '180'), line('Local prêté', '861+871', '500'));
  await write(line('Ville', '74', '260'));
  expect(await finalise()).toMatchObject({ code: 'charges-differ', details: { cents: 32_000 } });
  await write(line('Buvette', '70', '320'), line('Bénévolat', '864', '', { quantity: '10', unit: '12,02' }));
  expect(await finalise()).toMatchObject({ code: 'contributions-differ', details: { cents: 12_020 } });
  await write(line('Bénévolat', '875', '120,20'));
  must(await finalise());
  expect(await sheet()).toMatchObject({
    totals: { charges: 58_000, income: 58_000, given: 62_020, received: 62_020 },
    balance: { missing: 0, missingInKind: 0 }
  });
});

test('an open budget changes its name: the former one stays known, with who changed it and when; a final one keeps its name', async () => {
  const { facilitator, carrier, address, sheet, write, finalise, ...accompanied } = await aBudget(engine);
  const later = { ...carrier, now: new Date('2026-03-02T09:00:00Z') };
  const rename = async (ctx: Context, title: string, version?: number) =>
    renameBudget(ctx, { ...address, title, version: version ?? (await sheet()).version });
  const seen = (await sheet()).version;
  must(await rename(later, 'Atelier du samedi'));
  expect(await rename(facilitator, 'Trop tard', seen)).toMatchObject({ code: 'changed-meanwhile' });
  must(await rename(facilitator, 'Atelier du samedi'));
  const found = (await findBudget(facilitator, address))!;
  expect(found.budget.title).toBe('Atelier du samedi');
  expect(found.renamings).toEqual([{ before: 'Atelier de réparation', by: expect.any(String), at: later.now }]);
  const observer = await inCircle(engine, { facilitator, ...accompanied }, 'observer');
  const stranger = contextFor(engine, await aStaffMember(engine, address.territoryId));
  for (const ctx of [observer, stranger]) expect(await rename(ctx, 'Autre nom')).toMatchObject({ code: 'not-found' });
  await write(line('Outils', '60', '400'), line('Ville', '74', '400'));
  must(await finalise());
  expect(await rename(carrier, 'Autre nom')).toMatchObject({ code: 'budget-final' });
  const inTable = transaction(carrier, 'change', async (tx) => {
    await tx.updateTable('budget').set({ title: 'Autre nom' }).where('id', '=', address.budgetId).execute();
    return accept();
  });
  await expect(inTable).rejects.toThrow(/is final/);
});

test('a final budget no longer changes, in the tables either; its next version starts from it', async () => {
  const { carrier, address, sheet, write, finalise } = await aBudget(engine);
  await write(line('Outils', '60', '400'), line('Ville', '74', '400'));
  must(await finalise());
  const { version, lines } = await sheet();
  const added = { ...address, version, lines: [line('Colle', '60', '10')] };
  expect(await writeBudgetLines(carrier, added)).toMatchObject({ code: 'budget-final' });
  const changed = { ...address, version, lineId: lines[0]!.id, fields: null };
  expect(await changeBudgetLine(carrier, changed)).toMatchObject({ code: 'budget-final' });
  expect(await eraseDraftBudget(carrier, address)).toMatchObject({ code: 'budget-final' });
  const inTable = transaction(carrier, 'change', async (tx) => {
    await tx.updateTable('budget_line').set({ cents: 1 }).where('budget_id', '=', address.budgetId).execute();
    return accept();
  });
  await expect(inTable).rejects.toThrow(/is final/);
  const reopened = transaction(carrier, 'reopen', async (tx) => {
    await tx.updateTable('budget').set({ finalised_at: null }).where('id', '=', address.budgetId).execute();
    return accept();
  });
  await expect(reopened).rejects.toThrow(/is final/);

  const next = must(await copyBudget(carrier, { ...address, size: 'whole' }));
  expect(await copyBudget(carrier, { ...address, size: 'whole' })).toMatchObject({ code: 'draft-open' });
  const small = must(await copyBudget(carrier, { ...address, size: 'small' }));
  expect(await sheet(carrier, next)).toMatchObject({ number: 2, finalisedAt: null, size: 'whole' });
  expect(await sheet(carrier, small)).toMatchObject({ number: 1, size: 'small' });
  const shown = (budget: { lines: readonly { label: string; cents: number; key: Id }[] }) =>
    budget.lines.map(({ label, cents, key }) => ({ label, cents, key }));
  expect(shown(await sheet(carrier, next))).toEqual(shown(await sheet()));
  must(await eraseDraftBudget(carrier, { ...address, budgetId: next }));
});

test('the database refuses an unbalanced final budget, whoever asks', async () => {
  const { address, write } = await aBudget(engine);
  await write(line('Outils', '60', '400'));
  const forced = transaction(operatorContext(engine), 'force', async (tx) => {
    await tx.updateTable('budget').set({ finalised_at: new Date() }).where('id', '=', address.budgetId).execute();
    return accept();
  });
  await expect(forced).rejects.toThrow(/not balanced/);
});

test('of two people who change the same budget at once, one is told', async () => {
  const { carrier, facilitator, address, sheet } = await aBudget(engine);
  const { version } = await sheet();
  const add = (ctx: Context, label: string) =>
    writeBudgetLines(ctx, { ...address, version, lines: [line(label, '60', '10')] });
  must(await add(carrier, 'Colle'));
  expect(await add(facilitator, 'Vis')).toMatchObject({ code: 'changed-meanwhile' });
  const { lines, version: now } = await sheet();
  const change = { ...address, version: now, lineId: lines[0]!.id, fields: line('Colle forte', '60', '12,50') };
  must(await changeBudgetLine(facilitator, change));
  expect(await changeBudgetLine(facilitator, change)).toMatchObject({ code: 'changed-meanwhile' });
  expect((await sheet()).lines).toMatchObject([{ label: 'Colle forte', cents: 1250 }]);
  const both = { ...change, version: now + 1, fields: line('Local', '861+871', '10') };
  expect(await changeBudgetLine(facilitator, both)).toMatchObject({ code: 'one-side-only' });
});

test('a funder’s answer is dated and signed, follows the versions, and a grant makes the deadline of its report once', async () => {
  const { carrier, address, dossierId, sheet, write, finalise } = await aBudget(engine);
  await write(line('Outils', '60', '1000'), line('Ville', '74', '600'), line('Dons', '75', '400'));
  const say = async (label: string, state: string, happenedOn = inDays(-1), budgetId = address.budgetId) => {
    const found = (await sheet(carrier, budgetId)).lines.find((one) => one.label === label)!;
    const fields = v.parse(stepSchema, { line: found.id, state, happenedOn, note: '' });
    return recordFundingStep(carrier, { ...address, budgetId, fields });
  };
  const force = () => reading(carrier, (tx) => budgetInForce(tx, dossierId));
  expect(await force()).toMatchObject({ hasSmallVersion: false, heavy: [{ label: 'Ville' }] });
  expect(await say('Ville', 'paid')).toMatchObject({ code: 'step-not-from-here' });
  expect(await say('Ville', 'requested', inDays(2))).toMatchObject({ code: 'step-in-the-future' });
  expect(await say('Outils', 'requested')).toMatchObject({ code: 'not-found' });
  must(await say('Ville', 'requested'));
  must(await finalise());
  const next = must(await copyBudget(carrier, { ...address, size: 'whole' }));
  must(await copyBudget(carrier, { ...address, size: 'small' }));
  must(await say('Ville', 'granted', inDays(0), next));
  must(await say('Ville', 'requested'));
  must(await say('Ville', 'granted'));
  const deadlines = await reading(carrier, (tx) =>
    tx.selectFrom('dossier_deadline').select(['kind', 'due_on']).where('dossier_id', '=', dossierId).execute()
  );
  expect(deadlines).toEqual([{ kind: 'financial-report', due_on: '2027-06-30' }]);
  const inForce = await force();
  expect(inForce).toMatchObject({ id: address.budgetId, hasSmallVersion: true, heavy: [] });
  expect(inForce!.lines.find((one) => one.label === 'Ville')).toMatchObject({ state: 'granted', stateOn: inDays(-1) });
});

test('a budget is its circle’s: neither the coordination, nor a funder even in the circle, reads a word of it; a look is written down', async () => {
  const { territoryId, dossierId, carrier, facilitator, address, write, sheet } = await aBudget(engine);
  await write(line('Canari', '60', '10'));
  const rowsFor = (ctx: Context) => reading(ctx, (tx) => tx.selectFrom('budget_line').select('label').execute());
  const stranger = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  expect(await findBudget(stranger, address)).toBeNull();
  expect(await rowsFor(stranger)).toEqual([]);

  const observer = await inCircle(engine, { territoryId, dossierId, facilitator }, 'observer');
  expect((await sheet(observer)).lines).toHaveLength(1);
  expect((await listBudgets(observer, address))?.mayWork).toBe(false);
  const { version } = await sheet();
  const added = { ...address, version, lines: [line('Colle', '60', '10')] };
  expect(await writeBudgetLines(observer, added)).toMatchObject({ code: 'not-found' });

  const grant = { role: 'funder', territory_id: territoryId, account_id: observer.actor.accountId! } as const;
  await engine.db.insertInto('role_grant').values(grant).execute();
  const grants = [{ role: 'funder' as const, territoryId, organizationId: null }];
  const funder = { ...observer, actor: { ...observer.actor, grants } };
  expect(await findBudget(funder, address)).toBeNull();
  expect(await listBudgets(funder, address)).toBeNull();
  expect(await rowsFor(funder)).toEqual([]);
  const reads = await listReads(carrier, { territoryId, dossierId });
  expect(reads?.reads.map((read) => read.what)).toContain('budget');
});
