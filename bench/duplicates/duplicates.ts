import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { readTable, type Table } from '../../packages/formats/src/read-table.ts';
import { detectPreset } from '../../packages/formats/src/detect.ts';
import { mapTable } from '../../packages/formats/src/map-table.ts';
import {
  findCandidates,
  indexIdentities,
  RIVAL_MARGIN_PERMILLE
} from '../../packages/features/src/directory/duplicate-candidates.rules.ts';
import { readIdentity, type ReadIdentity } from '../../packages/features/src/directory/duplicate-identity.rules.ts';
import {
  compareIdentities,
  PROPOSED_MIN_PERMILLE,
  rarityOf
} from '../../packages/features/src/directory/duplicate-likelihood.rules.ts';

/*
 * How well the directory of Montpellier is matched with two files that name the same structures otherwise: the
 * subsidised structures of 2014 and the employers of mediators in the Hérault. The verdicts were given by reading.
 * Run: npm run --silent bench:duplicates (the real files are expected in ../shared/data).
 */
const DATA = new URL('../../../shared/data/', import.meta.url);
const RESULTS = new URL('./results.json', import.meta.url);

if (!existsSync(DATA)) {
  console.error('Skipped: the real files are not in ../shared/data.');
  process.exit(0);
}

/** Rows of the directory that are the same structure; [] when none is; null when reading cannot tell. */
type Verdicts = Readonly<Record<string, readonly number[] | null>>;
interface Labels {
  readonly subsidized: { readonly tuning: Verdicts; readonly test: Verdicts };
  readonly employers: { readonly tuning: Verdicts };
}

interface Proposal {
  readonly rows: readonly number[];
  readonly isSameName: boolean;
}

const directory = await readDirectory();
const subsidized = await readSubsidized();
const employers = await readEmployers();
const labels = JSON.parse(await readFile(new URL('./labels.json', import.meta.url), 'utf8')) as Labels;

const rarity = rarityOf([...directory, ...subsidized.values(), ...employers.values()], await readPlaceNames());
const started = performance.now();
const index = indexIdentities(directory, rarity);
const proposals = {
  subsidized: new Map([...subsidized].map(([id, identity]) => [id, propose(identity)])),
  employers: new Map([...employers].map(([id, identity]) => [id, propose(identity)]))
};
const milliseconds = Math.round(performance.now() - started);

const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  thresholdPermille: PROPOSED_MIN_PERMILLE,
  directory: directory.length,
  milliseconds,
  subsidized: {
    structures: subsidized.size,
    ...found(proposals.subsidized),
    tuning: measure(labels.subsidized.tuning, proposals.subsidized),
    test: measure(labels.subsidized.test, proposals.subsidized)
  },
  employers: {
    structures: employers.size,
    ...found(proposals.employers),
    tuning: measure(labels.employers.tuning, proposals.employers)
  }
};
console.log(JSON.stringify(results, null, 2));
if (process.argv.includes('--write')) await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);

/** The rows proposed to somebody for one structure, by the same rules as the queue of the pages. */
function propose(wanted: ReadIdentity): Proposal {
  const scored = findCandidates(wanted, index).map((one) => ({ one, ...compareIdentities(wanted, one, rarity) }));
  const best = Math.max(0, ...scored.map(({ permille }) => permille));
  const kept = scored.filter(
    ({ permille }) => permille >= PROPOSED_MIN_PERMILLE && permille >= best - RIVAL_MARGIN_PERMILLE
  );
  return {
    rows: kept.map(({ one }) => Number(one.identity.id)),
    isSameName: kept.some(({ reasons }) => reasons.includes('same-name'))
  };
}

function found(all: ReadonlyMap<string, Proposal>) {
  const proposed = [...all.values()];
  return {
    withExactName: proposed.filter(({ isSameName }) => isSameName).length,
    withAProposal: proposed.filter(({ rows }) => rows.length > 0).length
  };
}

/** Precision over proposed pairs, recall over structures that have a sheet; labelled structures only. */
function measure(verdicts: Verdicts, all: ReadonlyMap<string, Proposal>) {
  const sure = Object.entries(verdicts).filter((entry): entry is [string, readonly number[]] => entry[1] !== null);
  let pairs = 0;
  let rightPairs = 0;
  let withSheet = 0;
  let foundSheet = 0;
  for (const [id, truth] of sure) {
    const rows = all.get(id)?.rows ?? [];
    pairs += rows.length;
    rightPairs += rows.filter((row) => truth.includes(row)).length;
    if (truth.length === 0) continue;
    withSheet += 1;
    if (rows.some((row) => truth.includes(row))) foundSheet += 1;
  }
  return {
    read: Object.keys(verdicts).length,
    leftOut: Object.keys(verdicts).length - sure.length,
    proposedPairs: pairs,
    rightPairs,
    withSheet,
    foundSheet,
    precisionPercent: percent(rightPairs, pairs),
    recallPercent: percent(foundSheet, withSheet)
  };
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}

async function readDirectory(): Promise<ReadIdentity[]> {
  const table = await tableOf('montpellier/associations_2011_sans_contacts.csv');
  return mapTable(table, detectPreset(table).preset).rows.flatMap(({ row, record }) => {
    if (record?.organization.kind !== 'organization') return [];
    return [readIdentity({ ...record.organization, id: String(row), places: record.places })];
  });
}

async function readSubsidized(): Promise<Map<string, ReadIdentity>> {
  const table = await tableOf('montpellier/VilleMTP_MTP_AttribSub_2014.ods');
  const names = table.rows.filter(({ cells }) => /^\d+$/.test(cells[0]!) && cells[1]!.trim() !== '');
  return new Map(names.map(({ cells }) => [cells[0]!, named(cells[0]!, cells[1]!)]));
}

async function readEmployers(): Promise<Map<string, ReadIdentity>> {
  const text = await readFile(new URL('politique-de-la-ville/adulte-relais-2025.json', DATA), 'utf8');
  const posts = JSON.parse(text) as {
    id_poste: string;
    code_tiers: string;
    raison_sociale: string;
    insee_dep?: string;
  }[];
  const first = new Map<string, ReadIdentity>();
  const seen = new Set<string>();
  for (const post of posts) {
    if (post.insee_dep !== '34' || seen.has(post.code_tiers)) continue;
    seen.add(post.code_tiers);
    first.set(post.id_poste, named(post.id_poste, post.raison_sociale));
  }
  return first;
}

async function readPlaceNames(): Promise<string[]> {
  const text = await readFile(new URL('montpellier/VilleMTP_MTP_SousQuartiers.geojson', DATA), 'utf8');
  const { features } = JSON.parse(text) as { features: { properties: Record<string, unknown> }[] };
  const names = features.flatMap(({ properties }) =>
    Object.values(properties).filter((value) => typeof value === 'string')
  );
  return ['Montpellier', 'Hérault', ...names];
}

async function tableOf(path: string): Promise<Table> {
  const read = await readTable(await readFile(new URL(path, DATA)), path);
  if (!read.ok) throw new Error(`${path}: ${read.code}`);
  return read.value;
}

function named(id: string, name: string): ReadIdentity {
  const nothing = { acronym: null, siret: null, rna: null, website: null, email: null, phone: null, places: [] };
  return readIdentity({ ...nothing, id, name: name.trim() });
}
