#!/usr/bin/env node
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// Later runs start from compiled code, where Node can keep it (from 22.1 on) and the package's directory is writable. What
// is kept is what the first run of all called: each command has its own.
const command = ['compile', 'run', 'deploy', 'start'].find((name) => name === process.argv[2]) ?? 'other';
enableCompileCache?.(join(__dirname, '../dist/.cache', command));
require('../dist/main.js');
