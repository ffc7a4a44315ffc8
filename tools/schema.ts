import { writeFile } from 'node:fs/promises';
import { openEmbedded } from '../packages/database/src/engine.ts';
import { migrate } from '../packages/database/src/migrate.ts';
import { generateSchema } from '../packages/database/src/schema-generator.ts';

const engine = await openEmbedded('memory');
await migrate(engine);
const text = await generateSchema(engine);
await writeFile(new URL('../packages/database/src/schema.ts', import.meta.url), text);
await engine.close();
