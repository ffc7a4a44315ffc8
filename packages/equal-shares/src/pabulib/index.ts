export {
  checkPabulib,
  createPabulibReader,
  orThrow,
  readPabulib,
  readPabulibStream,
  type PabulibDocument,
  type PabulibFile,
  type ReadOptions,
  type Table
} from './reader.ts';
export { PabulibError, problemText, type Language, type Problem, type ProblemCode } from './problems.ts';
export { documentOf, pabulibLines, writePabulib } from './writer.ts';
