import { atScale, type Decimal } from '../exact/decimal.ts';
import type { Project } from '../election.ts';
import type { Field } from './fields.ts';
import { checkRow } from './known-values.ts';
import { readAmount, type Meta } from './meta.ts';
import { trimmed, type Report, type SectionReader } from './section.ts';

/** A project as the file gives it. `columns` holds everything, by the name of its column. */
export interface ProjectRow {
  readonly id: string;
  readonly cost: Decimal;
  readonly columns: ReadonlyMap<string, string>;
  readonly line: number;
}

export interface Projects extends SectionReader {
  readonly rows: ProjectRow[];
  readonly indexOf: (id: string) => number | undefined;
  /** Projects with costs and budget at one scale; call it once PROJECTS is complete. */
  readonly settle: () => {
    readonly projects: readonly Project[];
    readonly budget: bigint;
    readonly moneyScale: number;
  };
}

const KNOWN_COLUMNS = new Set(
  'project_id cost votes score name category target selected latitude longitude description district neighborhood neighbourhood beneficiaries proposer subunit public_id'.split(
    ' '
  )
);

export function createProjects(report: Report, meta: Meta): Projects {
  const rows: ProjectRow[] = [];
  const index = new Map<string, number>();
  let names: readonly string[] = [];

  function header(given: readonly string[], line: number): void {
    names = given;
    for (const needed of ['project_id', 'cost']) if (!names.includes(needed)) report('column-missing', line, 1, needed);
    for (const name of names) if (!KNOWN_COLUMNS.has(name)) report('column-unknown', line, 1, name);
  }

  function row(fields: readonly Field[], line: number): void {
    const idField = fields[names.indexOf('project_id')];
    const costField = fields[names.indexOf('cost')];
    const id = trimmed(report, idField, line);
    if (id === '') return report('id-empty', line, idField?.column ?? 1, 'project_id');
    if (index.has(id)) return report('project-twice', line, idField?.column ?? 1, id);
    const cost = readAmount(report, trimmed(report, costField, line), 'cost', line, costField?.column ?? 1);
    if (cost?.digits === 0n) report('cost-zero', line, costField?.column ?? 1, id);
    checkRow(report, 'PROJECTS', names, fields, line);
    index.set(id, rows.length);
    rows.push({
      id,
      cost: cost ?? { digits: 0n, scale: 0 },
      columns: new Map(names.map((name, i) => [name, fields[i]?.text ?? ''])),
      line
    });
  }

  function settle(): ReturnType<Projects['settle']> {
    const { budget } = meta.settle();
    const moneyScale = rows.reduce((most, project) => Math.max(most, project.cost.scale), budget.scale);
    const projects = rows.map((project) => ({
      id: project.id,
      name: project.columns.get('name')?.trim() || project.id,
      cost: atScale(project.cost, moneyScale)
    }));
    const limit = atScale(budget, moneyScale);
    projects.forEach((project, i) => {
      if (project.cost > limit) report('cost-over-budget', rows[i]!.line, 1, project.id);
    });
    return { projects, budget: limit, moneyScale };
  }

  return { rows, indexOf: (id) => index.get(id), settle, header, row };
}
