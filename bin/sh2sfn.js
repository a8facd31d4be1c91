#!/usr/bin/env node
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

// Later runs start from compiled code, where Node can keep it (from 22.1 on) and the package's directory is writable.
module.enableCompileCache?.(fileURLToPath(new URL('../dist/.cache', import.meta.url)));
await import('../dist/main.js');
