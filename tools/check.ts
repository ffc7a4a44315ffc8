import { close } from './steps.ts';
import { quickChecks } from './checks.ts';

/* `npm run check`: types, lint, architecture, dead code, unit tests on the embedded database; under two minutes. */
process.exitCode = close(await quickChecks({ long: false }));
