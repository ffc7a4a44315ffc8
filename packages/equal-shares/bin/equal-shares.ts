#!/usr/bin/env node
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { runCommand } from '../src/cli/run.ts';

// Whoever reads may stop before the end (`| head`): what is left is not shown, and the exit code is still the true one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  read: (path) => createReadStream(path, { highWaterMark: 1024 * 1024 }),
  write: (path, text) => writeFile(path, text),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text)
});
