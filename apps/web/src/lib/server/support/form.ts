import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import * as v from 'valibot';
import { territoryAt } from '../directory/territory-at.ts';
import { failFields } from './words.ts';

/** Boxes of which several may be ticked. */
const LISTS: ReadonlySet<string> = new Set(['members']);
const FIELDS_MAX_COUNT = 60;

export type Typed = Record<string, string | string[]>;

/** Whoever has no account signs in first; the territory is there, or nothing is. */
export async function signedInAt(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string } }
): Promise<Territory> {
  const territory = await territoryAt(event.locals, event.params.territory);
  if (!event.locals.account) {
    redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  }
  return territory;
}

/** The fields of a form as they were typed. */
export async function typedIn(request: Request): Promise<Typed> {
  const form = await request.formData();
  const text = (value: FormDataEntryValue | null) => (typeof value === 'string' ? value : '');
  const names = [...new Set(form.keys())].slice(0, FIELDS_MAX_COUNT);
  return Object.fromEntries(
    names.map((name) => [name, LISTS.has(name) ? form.getAll(name).map(text) : text(form.get(name))])
  );
}

/** Reads a form by its schema: the fields, or the answer that sends it back with what is wrong. */
export function readTyped<const Schema extends v.GenericSchema>(schema: Schema, values: Typed) {
  const read = v.safeParse(schema, values);
  return read.success
    ? { ok: true as const, fields: read.output }
    : { ok: false as const, answer: failFields(read.issues, values) };
}

/** Absent and forbidden answer alike. */
export function orNotFound<Value>(value: Value | null): Value {
  if (value === null) error(404);
  return value;
}
