import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import * as v from 'valibot';
import { typedIn as fieldsIn, type Typed } from '../directory/forms.ts';
import { territoryAt } from '../directory/territory-at.ts';
import { failFields } from './words.ts';

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
  return fieldsIn(await request.formData());
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
