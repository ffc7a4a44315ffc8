import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { RouteAccess } from '../../src/authorization/route-access.ts';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** `GET /x`, `POST /x?default`: one name for each thing that a request can reach. */
export function nameOf({ method, route, action }: Pick<RouteAccess, 'method' | 'route' | 'action'>): string {
  return `${method} ${route}${action ? `?${action}` : ''}`;
}

/** Everything that a request can reach under `routes`: pages, their actions, endpoints and their methods. */
export function routesOfSite(routes: string): string[] {
  const folders = [
    '',
    ...readdirSync(routes, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(routes.length + 1))
  ];
  return folders.flatMap((folder) => {
    // A matcher in a folder's name and a group in brackets are no part of the address.
    const route = `/${folder}`
      .replace(/\(\w+\)\/?/g, '')
      .replace(/=\w+\]/g, ']')
      .replace(/(.)\/$/, '$1');
    const at = (name: string) => join(routes, folder, name);
    const page = existsSync(at('+page.svelte')) ? [nameOf({ method: 'GET', route })] : [];
    const actions = actionsIn(at('+page.server.ts')).map((action) => nameOf({ method: 'POST', route, action }));
    const exported = exportsOf(at('+server.ts'));
    const methods = exported.filter((name) => METHODS.has(name));
    // An endpoint that only has a fallback answers every method alike: one row stands for all.
    if (methods.length === 0 && exported.includes('fallback')) methods.push('GET');
    return [...page, ...actions, ...methods.map((method) => nameOf({ method: method as 'GET', route }))];
  });
}

/** The names of the form actions that a page's server file exports. */
function actionsIn(file: string): string[] {
  let found: string[] = [];
  visitExports(file, (name, value) => {
    const object = value && ts.isSatisfiesExpression(value) ? value.expression : value;
    if (name !== 'actions' || !object || !ts.isObjectLiteralExpression(object)) return;
    found = object.properties.map((property) => property.name?.getText() ?? '?');
  });
  return found;
}

function exportsOf(file: string): string[] {
  const names: string[] = [];
  visitExports(file, (name) => names.push(name));
  return names;
}

function visitExports(file: string, see: (name: string, value: ts.Expression | undefined) => void): void {
  if (!existsSync(file)) return;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name) see(statement.name.text, undefined);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      // `export const { GET, OPTIONS } = endpoint;` exports each of its names.
      const names = ts.isObjectBindingPattern(name) ? name.elements.map((element) => element.name) : [name];
      for (const one of names) see(one.getText(), initializer);
    }
  }
}
