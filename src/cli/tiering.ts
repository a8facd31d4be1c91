/** Which of V8's compilers works while a script is compiled. */
import { setFlagsFromString } from 'node:v8';

/** The first Node whose Maglev, the compiler below TurboFan, is on. */
const MAGLEV_NODE = 24;

/**
 * Runs what is over in some seconds without TurboFan: making its code takes longer than its code saves (a quarter to a third
 * of the time that large scripts take). Nothing but how soon the answer comes depends on it.
 */
export function withoutTurboFan<T>(run: () => T): T {
  if (Number(process.versions.node.split('.')[0]) < MAGLEV_NODE) return run();
  setFlagsFromString('--no-turbofan');
  try {
    return run();
  } finally {
    setFlagsFromString('--turbofan');
  }
}
