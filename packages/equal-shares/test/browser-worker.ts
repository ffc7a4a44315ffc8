import { computeOutcome } from '../src/outcome.ts';
import { readPabulib } from '../src/pabulib/reader.ts';

/** What a page runs in a worker: reads the bytes it is sent, answers with the outcome and the time it took. */
const scope = globalThis as unknown as {
  onmessage: (event: { data: ArrayBuffer }) => void;
  postMessage: (answer: unknown) => void;
};

scope.onmessage = ({ data }) => {
  const started = performance.now();
  const { election } = readPabulib(new Uint8Array(data));
  const read = performance.now();
  const outcome = computeOutcome(election, { rule: 'mes_cost', completion: 'add1' });
  scope.postMessage({ outcome, readMs: read - started, ruleMs: performance.now() - read });
};
