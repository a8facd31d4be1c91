/** Which of V8's optimizing compilers work while a script is compiled. */
import { setFlagsFromString } from 'node:v8';

/** The first Node whose Maglev, the compiler below TurboFan, is on. */
const MAGLEV_NODE = 24;

/** Characters of a script from which on what Maglev makes is run often enough: that of shorter ones is hardly run again. */
const WORTH_MAGLEV = 40_000;

/**
 * Runs what is over in some seconds without the compilers whose work takes longer than their code saves: TurboFan costs a
 * quarter to a third of the time that large scripts take, Maglev a tenth of that of middle ones. Nothing but how soon the
 * answer comes depends on it.
 * @param length of the script that is compiled, in characters
 */
export function withCheapTiers<T>(length: number, run: () => T): T {
  if (Number(process.versions.node.split('.')[0]) < MAGLEV_NODE) return run();
  const tiers = length < WORTH_MAGLEV ? ['turbofan', 'maglev'] : ['turbofan'];
  for (const tier of tiers) setFlagsFromString(`--no-${tier}`);
  try {
    return run();
  } finally {
    for (const tier of tiers) setFlagsFromString(`--${tier}`);
  }
}
