import type { Context } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import type { Id } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { must } from '../directory/directory.fixtures.ts';
import { aDossier, inCircle } from '../support/support.fixtures.ts';
import { lineSchema, newBudgetSchema, type LineFields } from './budget.schema.ts';
import { createBudget } from './create-budget.command.ts';
import { finaliseBudget } from './finalise-budget.command.ts';
import { findBudget } from './find-budget.query.ts';
import { writeBudgetLines } from './write-budget-lines.command.ts';

/** What the tests of funding need: a budget of a project, whoever carries it, and lines as they are typed. */

export function line(label: string, choice: string, amount: string, more: Record<string, string> = {}): LineFields {
  return v.parse(lineSchema, { label, choice, amount, quantity: '', unit: '', basis: '', indirect: '', ...more });
}

export async function aBudget(engine: Engine, typed: Record<string, unknown> = {}) {
  const accompanied = await aDossier(engine, typed);
  const { territoryId, dossierId } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const fields = v.parse(newBudgetSchema, {
    about: 'project',
    title: 'Atelier de réparation',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31'
  });
  const budgetId = must(await createBudget(carrier, { territoryId, dossierId, fields }));
  const address = { territoryId, dossierId, budgetId };
  const sheet = async (ctx: Context = carrier, id: Id = budgetId) =>
    (await findBudget(ctx, { ...address, budgetId: id }))!.budget;
  const write = async (...lines: LineFields[]) =>
    must(await writeBudgetLines(carrier, { ...address, version: (await sheet()).version, lines }));
  const finalise = async () => finaliseBudget(carrier, { ...address, version: (await sheet()).version });
  return { ...accompanied, carrier, address, sheet, write, finalise };
}
