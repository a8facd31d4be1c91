/** step.json: the steps of a package, as written by package.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition, Step } from '../../bundle.ts';

export interface StepPackage {
  protocol: number;
  steps: Record<string, Step>;
  functions: FunctionDefinition[];
}

export function readStepPackage(root: string): StepPackage {
  return JSON.parse(readFileSync(join(root, 'step.json'), 'utf8')) as StepPackage;
}
