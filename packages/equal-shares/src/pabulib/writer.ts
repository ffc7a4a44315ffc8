import { moneyText, type Election } from '../election.ts';
import { decimalFromScale } from '../exact/decimal.ts';
import { quoteField } from './fields.ts';
import { SECTIONS } from './section.ts';
import type { PabulibDocument, Table } from './reader.ts';

/** The document as a `.pb` text. Reading it again gives the same document. */
export function writePabulib(document: PabulibDocument): string {
  return [...pabulibLines(document)].map((line) => `${line}\n`).join('');
}

/** Line by line, for files too large for one text. */
export function* pabulibLines(document: PabulibDocument): Generator<string> {
  for (const section of SECTIONS) {
    const table: Table = document[section.toLowerCase() as 'meta' | 'projects' | 'votes'];
    yield section;
    yield rowText(table.header);
    for (const row of table.rows) yield rowText(row);
  }
}

/** An election as a document: what the rules know, and the META keys given. */
export function documentOf(election: Election, meta: Readonly<Record<string, string>> = {}): PabulibDocument {
  const facts = {
    ...meta,
    num_projects: String(election.projects.length),
    num_votes: String(election.ballots.groupOf.length),
    budget: moneyText(election, election.budget),
    vote_type: election.voteType
  };
  const withPoints = election.ballots.points !== null;
  return {
    meta: { header: ['key', 'value'], rows: Object.entries(facts) },
    projects: {
      header: ['project_id', 'cost', 'name'],
      rows: election.projects.map((p) => [p.id, moneyText(election, p.cost), p.name])
    },
    votes: {
      header: ['voter_id', 'vote', ...(withPoints ? ['points'] : [])],
      rows: Array.from(election.ballots.groupOf, (g, voter) => voteRow(election, voter, g))
    }
  };
}

function voteRow(election: Election, voter: number, g: number): string[] {
  const { ballots } = election;
  const [start, end] = [ballots.start[g]!, ballots.start[g + 1]!];
  const ids = Array.from(ballots.project.subarray(start, end), (p) => election.projects[p]!.id).join(',');
  if (ballots.points === null) return [String(voter + 1), ids];
  return [
    String(voter + 1),
    ids,
    Array.from(ballots.points.subarray(start, end), (units) =>
      decimalFromScale(BigInt(units), ballots.pointScale)
    ).join(',')
  ];
}

/** A lone empty field is quoted, or the line would read as blank; a lone section name as the start of a section. */
function rowText(fields: readonly string[]): string {
  const line = fields.map(quoteField).join(';');
  const looksBlank = fields.length === 1 && fields[0]!.trim() === '';
  return looksBlank ? `"${fields[0]}"` : line;
}
