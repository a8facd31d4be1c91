#!/usr/bin/env node
const fs = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

// Later runs start from compiled code, where the package's directory is writable. Node's own cache (from 22.1 on) keeps
// what is compiled when a module is loaded; most of this program is compiled when it is called. So its file has a cache that
// is written when a run ends, and holds what runs have called: each command has its own.
const command = ['compile', 'run', 'deploy', 'start'].find((name) => name === process.argv[2]) ?? 'other';
const dist = join(__dirname, '../dist');
/** Runs that add to a cache: each calls something that those before it have not. Long ones have some turns to themselves. */
const RUNS = 8;
const LONG_RUNS = 16;
const LONG_SECONDS = 0.15;
/** Bytes of the line before the compiled code: of which file it is, and how many runs have added to it. */
const HEADER = 64;

/**
 * Loads the program's file, a function of a module as `require` makes one of it, so that its text is not copied. Keeps its
 * compiled code in `cache` when the process ends.
 */
function load(file, cache) {
  const { size, ctimeMs } = fs.statSync(file);
  const header = (runs) => `${size} ${ctimeMs} ${runs}\n`.padEnd(HEADER);
  let kept;
  let runs = 0;
  try {
    const bytes = fs.readFileSync(cache);
    const first = bytes.latin1Slice(0, HEADER);
    runs = Number(first.split(' ', 3)[2]);
    if (first === header(runs)) kept = bytes.subarray(HEADER);
  } catch {
    // There is none yet.
  }
  const script = new Script(fs.readFileSync(file, 'latin1'), { filename: file, cachedData: kept });
  if (!kept || script.cachedDataRejected) runs = 0;
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file));
  if (runs < LONG_RUNS)
    process.once('exit', () => {
      if (runs < RUNS || process.uptime() > LONG_SECONDS) keep(script, header(runs + 1), cache);
    });
  return module.exports;
}

/** Nothing is kept where that is impossible: the directory may be read-only, or full. */
function keep(script, header, cache) {
  const fresh = `${cache}.${process.pid}`;
  let descriptor;
  try {
    fs.mkdirSync(dirname(cache), { recursive: true });
    descriptor = fs.openSync(fresh, 'wx');
    fs.writeFileSync(descriptor, header);
    fs.writeFileSync(descriptor, script.createCachedData());
    // V8 runs what it is given: a file of which the system lost parts in a crash would end the program, or change it.
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    fs.renameSync(fresh, cache);
  } catch {
    if (descriptor !== undefined) fs.rmSync(fresh, { force: true });
  }
}

if (command !== 'run') Module.enableCompileCache?.(join(dist, '.cache', command));
const args = process.argv.slice(2);
// What costs time is loaded only where it is needed: `--version` needs nothing.
if (args.length === 1 && ['--version', '-V'].includes(args[0])) {
  process.stdout.write(`${require('../dist/version.js').VERSION}\n`);
} else {
  const cache = join(dist, '.cache', `${command}-${process.version}-${process.arch}`);
  load(join(dist, 'process.js'), cache).runProcess(args);
}
