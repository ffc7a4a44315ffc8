import { operatorContext } from '@terreau/database/context';
import { seedDemonstration } from '@terreau/features/demonstration/seed-demonstration.command';
import { serve } from '../src/server.ts';

/* The built site with Valbrune in it, for the journeys. The password is given by whoever starts it. */
await serve(async ({ engine, settings, files }) => {
  const seeded = await seedDemonstration(
    operatorContext(engine, new Date()),
    process.env['TERREAU_E2E_PASSWORD'] ?? '',
    settings.origin,
    files
  );
  // Started again on the same data, after it was killed.
  if (!seeded.ok && seeded.code !== 'already-there')
    throw new Error(`the demonstration could not be made: ${seeded.code}`);
  return () => console.log('ready');
});
