import { generate, PostgresDialect } from 'kysely-codegen';
import type { Engine } from './engine.ts';

/**
 * The TypeScript of `schema.ts`, read from the migrated database itself, so that types and tables cannot differ.
 * Development only: `npm run schema` writes it, `npm run check` compares it.
 */
export async function generateSchema(engine: Engine): Promise<string> {
  const text = await generate({
    camelCase: false,
    db: engine.db,
    dialect: new PostgresDialect({ dateParser: 'string' }),
    outFile: null,
    print: false,
    excludePattern: 'pgboss.*',
    defaultSchemas: ['public'],
    typeOnlyImports: true
  });
  return text;
}
