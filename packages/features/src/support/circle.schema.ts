import * as v from 'valibot';
import { contactSchema } from '../trust/assisted.schema.ts';

/** Somebody of the structure, without an account. */
export const bringNeighbourSchema = v.object({
  ...contactSchema.entries,
  role: v.picklist(['carrier', 'member'] as const, 'missing'),
  /** The person was told who keeps what, how long, and how to read or erase it. */
  informed: v.optional(v.picklist(['yes', ''] as const), '')
});
export type BringNeighbourFields = v.InferOutput<typeof bringNeighbourSchema>;
