import { OPERATOR } from '@terreau/database/context';
import { seedDemonstration } from '@terreau/features/demonstration/seed-demonstration.command';
import { newId } from '@terreau/kernel/ids';
import { serve } from '../src/server.ts';

/* The built site with Valbrune in it, for the journeys. The password is given by whoever starts it. */
await serve(async ({ engine, settings }) => {
  const ctx = { engine, actor: OPERATOR, now: new Date(), language: 'fr' as const, requestId: newId() };
  const seeded = await seedDemonstration(ctx, process.env['TERREAU_E2E_PASSWORD'] ?? '', settings.origin);
  if (!seeded.ok) throw new Error(`the demonstration could not be made: ${seeded.code}`);
  return () => console.log('ready');
});
