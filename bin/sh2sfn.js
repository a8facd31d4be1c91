#!/usr/bin/env node
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// Later runs start from compiled code, where Node can keep it (from 22.1 on) and the package's directory is writable.
enableCompileCache?.(join(__dirname, '../dist/.cache'));
require('../dist/main.js');
