export * from './election.ts';
export * from './outcome.ts';
export * from './ties.ts';
export { createPabulibReader, checkPabulib, orThrow, readPabulib, readPabulibStream } from './pabulib/reader.ts';
