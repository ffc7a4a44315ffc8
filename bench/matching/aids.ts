import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR, VISITOR, type Context } from '../../packages/database/src/context.ts';
import { openEmbedded } from '../../packages/database/src/engine.ts';
import { migrate } from '../../packages/database/src/migrate.ts';
import { transaction } from '../../packages/database/src/transaction.ts';
import { searchSupports } from '../../packages/features/src/orientation/search-supports.query.ts';
import { newId, type Id } from '../../packages/kernel/src/ids.ts';
import { accept } from '../../packages/kernel/src/verdict.ts';
import { circumstances, latency, relevance } from '../search/measures.ts';
import queryFile from './aids-queries.json' with { type: 'json' };

const ANSWERS = 10;
const ROWS_PER_STATEMENT = 100;

interface Aid {
  readonly code: string;
  readonly kind: 'funding' | 'information';
  readonly title: string;
  readonly summary: string;
  readonly conditions: string | null;
  readonly provider: string | null;
  readonly url: string | null;
}

/** How the search of the pages answers what people ask of a catalogue of aids; `show` prints each miss of the tuning half. */
export async function measureAids(folder: string, show = false) {
  const aids = readAids(folder);
  const engine = await openEmbedded('memory');
  await migrate(engine);
  const context = { engine, now: new Date(), language: 'fr', requestId: newId() } as const;
  const { territoryId, codes } = await fill({ ...context, actor: OPERATOR }, aids);
  const durationsMs: number[] = [];
  const asked: { use: string; rank: number | null }[] = [];
  for (const { query, expected, use } of queryFile.queries) {
    const started = performance.now();
    const page = await searchSupports({ ...context, actor: VISITOR }, { territoryId, text: query, limit: ANSWERS });
    durationsMs.push(performance.now() - started);
    const found = page.items.map((item) => codes.get(item.id)!);
    const place = found.findIndex((code) => expected.some((pattern) => fits(pattern, code)));
    if (show && use === 'tuning' && place !== 0) console.error(query, '→', place + 1, found.slice(0, 4));
    asked.push({ use, rank: place < 0 ? null : place + 1 });
  }
  await engine.close();
  const ranksOf = (...uses: string[]) => asked.filter(({ use }) => uses.includes(use)).map(({ rank }) => rank);
  return {
    sheets: aids.length,
    queries: asked.length,
    all: relevance(ranksOf('tuning', 'held-out')),
    tuning_half: { queries: ranksOf('tuning').length, ...relevance(ranksOf('tuning')) },
    held_out_half: { queries: ranksOf('held-out').length, ...relevance(ranksOf('held-out')) },
    latency: { ...latency(durationsMs), clients: 1, engine: 'embedded' },
    ...circumstances()
  };
}

/** `*` stands for anything. */
function fits(pattern: string, code: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return code === pattern;
  const last = rest.pop()!;
  if (!code.startsWith(first) || !code.endsWith(last)) return false;
  let from = first.length;
  return rest.every((part) => {
    const at = code.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

function readAids(folder: string): Aid[] {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, 'aids', name), 'utf8'));
  const benefits = read('aides_jeunes_benefits.json') as {
    slug: string;
    label: string;
    description?: string;
    conditions?: string[];
    institution_name?: string;
    link?: string;
  }[];
  const sheets = read('service_public_fiches_associations_2020.json') as {
    id: string;
    titre: string;
    description?: string;
    texte?: string;
    url?: string;
  }[];
  return [
    ...benefits.map((aid) => ({
      code: aid.slug,
      kind: 'funding' as const,
      title: aid.label,
      summary: plainText(aid.description),
      conditions: plainText(aid.conditions?.join(' ')).slice(0, 3000) || null,
      provider: aid.institution_name?.slice(0, 200) ?? null,
      url: aid.link?.slice(0, 500) ?? null
    })),
    ...sheets.map((sheet) => ({
      code: sheet.id,
      kind: 'information' as const,
      title: sheet.titre,
      summary: plainText(`${sheet.description ?? ''} ${sheet.texte ?? ''}`),
      conditions: null,
      provider: null,
      url: sheet.url ?? null
    }))
  ];
}

function plainText(html = ''): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 5000);
}

async function fill(ctx: Context, aids: readonly Aid[]): Promise<{ territoryId: Id; codes: Map<Id, string> }> {
  const territoryId = newId();
  const codes = new Map<Id, string>();
  const rows = aids.map(({ code, title, summary, ...aid }) => {
    const id = newId();
    codes.set(id, code);
    return { id, ...aid, title: title.slice(0, 200), summary: summary || null, territory_id: territoryId };
  });
  await transaction(ctx, 'fill-aids', async (tx) => {
    await tx.insertInto('territory').values({ id: territoryId, slug: 'aides', name: 'Aides' }).execute();
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT)
      await tx
        .insertInto('support')
        .values(rows.slice(at, at + ROWS_PER_STATEMENT))
        .execute();
    return accept();
  });
  return { territoryId, codes };
}
