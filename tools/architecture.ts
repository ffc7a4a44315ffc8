import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { ROOT } from './steps.ts';

/*
 * Holds the code against architecture.json: a module imports only the modules listed for it, all of them on a lower
 * floor; another module is reached through its package's exports and never by a path; nothing imports in a circle;
 * pure packages read no clock, no chance, no file and no network of their own.
 */

interface Module {
  name: string;
  path: string;
  level: number;
  imports: string[];
}

const IMPURE =
  /\b(Date\.now\(\)|new Date\(\)|Math\.random\(\)|crypto\.(getRandomValues|randomUUID)\(|process\.env|fetch\()/;

const map = JSON.parse(readFileSync(join(ROOT, 'architecture.json'), 'utf8')) as { modules: Module[]; pure: string[] };
const problems = [...checkMap(), ...checkManifests(), ...checkPurity(), ...(await checkImports())];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${map.modules.length} modules, as the map says`);

function checkMap(): string[] {
  const byName = new Map(map.modules.map((module) => [module.name, module]));
  const found = [
    ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`),
    ...readdirSync(join(ROOT, 'apps')).map((name) => `apps/${name}`)
  ];
  const listed = new Set(map.modules.map((module) => module.path));
  return [
    ...found.filter((path) => !listed.has(path)).map((path) => `architecture.json does not list ${path}`),
    ...map.modules
      .filter((module) => !existsSync(join(ROOT, module.path)))
      .map((module) => `${module.path} does not exist`),
    ...map.modules.flatMap((module) =>
      module.imports
        .filter((name) => (byName.get(name)?.level ?? Infinity) >= module.level)
        .map((name) => `${module.name} (floor ${module.level}) may not import ${name}, which is not on a lower floor`)
    )
  ];
}

/** Each package declares what it imports, and every exported entry exists. */
function checkManifests(): string[] {
  return map.modules.flatMap((module) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, module.path, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      exports?: Record<string, string | Record<string, string>>;
    };
    const declared = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@terreau/'));
    const strangers = declared.filter((name) => !module.imports.includes(name.slice('@terreau/'.length)));
    const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target)
    );
    const missing = targets.filter(
      (target) => !target.includes('*') && !target.includes('dist/') && !existsSync(join(ROOT, module.path, target))
    );
    return [
      ...strangers.map((name) => `${module.path}/package.json depends on ${name}, which the map does not allow`),
      ...missing.map((target) => `${module.path}/package.json exports ${target}, which does not exist`)
    ];
  });
}

/** A parameter's default is a choice that the caller can replace, so it is allowed; anything else is not. */
function checkPurity(): string[] {
  return map.pure.flatMap((name) => {
    const folder = join(ROOT, map.modules.find((module) => module.name === name)!.path, 'src');
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|oracle|generat/.test(file)
    );
    return files.flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, number: index + 1 }))
        .filter(({ line }) => IMPURE.test(line) && !/^\s*(\*|\/\/|\w+: [\w<>]+ = )/.test(line))
        .map(({ number }) => `packages/${name}/src/${file}:${number} reads the clock, chance or the world: pass it in`)
    );
  });
}

async function checkImports(): Promise<string[]> {
  const result = await cruise(['packages', 'apps/web/src'], {
    ruleSet: { forbidden: forbidden() },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['\\.svelte-kit', '/build/', '/paraglide/', '/dist/', 'node_modules/(?!@terreau)'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.svelte']
    }
  } as unknown as Parameters<typeof cruise>[1]);
  const output = result.output as ICruiseResult;
  return output.summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`);
}

function forbidden() {
  const perModule = map.modules.map((module) => ({
    name: `${module.name}-imports-only-its-floors`,
    severity: 'error',
    from: { path: `^${module.path}/` },
    to: {
      path: '^(packages|apps)/',
      pathNot: [
        module.path,
        ...module.imports.map((name) => map.modules.find((other) => other.name === name)!.path)
      ].map((path) => `^${path}/`)
    }
  }));
  const circle = {
    name: 'no-circle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
  };
  const engines = {
    name: 'pure-packages-do-no-input-or-output',
    severity: 'error',
    from: { path: `^packages/(${map.pure.join('|')})/src/`, pathNot: '(\\.test|test-support)\\.ts$' },
    to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|dns|worker_threads)' }
  };
  return [...perModule, circle, engines];
}
