/** The commands that a step may execute: its own, and those of the functions and traps that run in it. */
import type { Manifest, Step, StepCommand } from './bundle.ts';

/** Commands whose text only run time knows: they may call any function. */
const DYNAMIC = new Set(['eval', '.', 'source']);

/** Every command that the step's shell may come to execute, as far as the text tells; each at most once. */
export function commandsOf(
  step: Step,
  { functions = [], traps = [] }: Partial<Pick<Manifest, 'functions' | 'traps'>>,
): StepCommand[] {
  const found = new Map<StepCommand, StepCommand>();
  const entered = new Set<string>();
  const enter = (id: string, commands: readonly StepCommand[], fed: boolean): void => {
    const key = `${fed} ${id}`;
    if (entered.has(key)) return;
    entered.add(key);
    add(commands, fed);
  };
  /** `fed`: what calls them has another standard input than the step's. */
  const add = (commands: readonly StepCommand[], fed: boolean): void => {
    for (const command of commands) {
      const other = fed || command.fed === true;
      const known = found.get(command);
      if (!known || (known.fed && !other)) found.set(command, other ? { ...command, fed: true } : command);
      const name = command.words[0]?.value;
      // A call that the machine makes runs in other steps.
      if (name === undefined || (name !== null && Object.hasOwn(step.fragment.calls ?? {}, name))) continue;
      // Nor do those of a library that is compiled in.
      if (step.fragment.reads && name !== null && DYNAMIC.has(name)) continue;
      const any = name === null || DYNAMIC.has(name);
      for (const { id, name: called, commands: body } of functions) if (any || called === name) enter(id, body, other);
    }
  };
  add(step.commands, false);
  traps.forEach(({ exit, commands }, index) => {
    if (!exit || step.fragment.ends) enter(`trap ${index}`, commands, false);
  });
  return [...found.values()];
}

/** Whether the step, or a function that may run in it, asks for the script's own file (`$0`, BASH_SOURCE). */
export function namesScript(step: Step, { functions = [] }: Partial<Pick<Manifest, 'functions'>>): boolean {
  const text = [step.fragment.text, ...functions.map((definition) => definition.text)].flat();
  return text.some((part) => typeof part === 'string' && /\$(0|\{0)|BASH_SOURCE/.test(part));
}

/** Whether a path stays within the directory that it is relative to. */
export function isInside(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return !path.startsWith('/');
}
