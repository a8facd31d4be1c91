/** What is known of the steps before they run. */
import type { FunctionDefinition, Manifest, Step, TextPart } from '../../bundle.ts';
import { RUNS_TEXT } from '../leaf/source.ts';

export type KnownSteps = Pick<Manifest, 'functions' | 'steps'>;

/** What may read functions that the text does not define: such commands, and those whose names are expanded. */
const READS_FUNCTIONS =
  /\b(eval|source)\b|(^|[\s;&|({'"])\.\s|(^|[\n;&|({!]|=\S*\s|\b(then|do|else|elif|if|while|until|command|builtin)\s)\s*["']?[$`]/;

export const mentions = (text: readonly TextPart[], words: RegExp): boolean =>
  text.some((part) => typeof part === 'string' && words.test(part));

export class Known {
  readonly steps = new Map<string, Step>();
  readonly definitions = new Map<string, FunctionDefinition>();
  /** There may be functions that no definition of the manifest is. */
  foreign = false;
  /** PIPESTATUS is read somewhere. */
  pipestatus = false;
  /** Some function uses getopts. */
  getopts = false;
  /** Nothing in the script, nor what it imports, reads SECONDS by its name. */
  ignoresSeconds = false;
  /** Nothing looks at what the loop of a shell that stays would change. */
  mayStay = false;

  /** @param importsFunctions the environment defines functions */
  learn({ steps, functions }: KnownSteps, importsFunctions: boolean): void {
    for (const step of steps) this.steps.set(step.key, step);
    for (const definition of functions) this.definitions.set(definition.id, definition);
    const mentioned = (pattern: RegExp): boolean =>
      functions.some(({ text }) => mentions(text, pattern)) ||
      steps.some(({ fragment }) => mentions(fragment.text, pattern));
    this.foreign = importsFunctions || mentioned(READS_FUNCTIONS);
    this.pipestatus = mentioned(/PIPESTATUS/);
    this.ignoresSeconds =
      !importsFunctions && !mentioned(/SECONDS/) && !functions.some(({ text }) => mentions(text, RUNS_TEXT));
    this.mayStay = !mentioned(/PIPESTATUS|\$_\b|\$\{_\W|\bFUNCNEST\b/);
    this.getopts = functions.some(({ text }) => mentions(text, /getopts/));
  }
}
