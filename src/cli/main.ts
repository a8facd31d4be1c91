/** Entry where the sources are run: that of the package is bin/sh2sfn.js. */
import { runProcess } from './process.ts';

void runProcess(process.argv.slice(2));
