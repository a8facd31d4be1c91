/** Choices of a random script: the same seed always makes the same ones. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    for (let i = 0; i < 3; i += 1) this.next();
  }

  /** A number from 0 to 1, exclusive (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** True with probability `p`. */
  maybe(p: number): boolean {
    return this.next() < p;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** One of the texts of a list separated by blanks. */
  word(list: string): string {
    return this.pick(list.split(' '));
  }

  /** Makes one of the alternatives, each as often as its weight says. */
  among<T>(alternatives: readonly (readonly [weight: number, make: () => T])[]): T {
    let at = this.next() * alternatives.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of alternatives) {
      at -= weight;
      if (at < 0) return make();
    }
    return alternatives[0]![1]();
  }

  /** Between `low` and `high` of what `make` makes. */
  several<T>(low: number, high: number, make: () => T): T[] {
    return Array.from({ length: this.integer(low, high) }, make);
  }
}
