// The only source of chance in the storm: streams of numbers that follow from the printed seed and a name.

/** Hash of a text, 32 bits (FNV-1a), to give every named stream a start of its own. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A stream of chance (mulberry32). Streams of different names are independent, so that one more fault does not change the debtors. */
export class Dice {
  #state;

  constructor(seed, name) {
    this.seed = seed;
    this.name = name;
    this.#state = hash(`${seed}/${name}`);
  }

  /** A stream of its own for a part. */
  of(name) {
    return new Dice(this.seed, `${this.name}/${name}`);
  }

  /** From 0 up to but not including 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  isOneIn(share) {
    return this.next() < share;
  }

  one(list) {
    return list[this.whole(0, list.length - 1)];
  }

  /** One key of `{ name: weight }`. */
  weighted(weights) {
    const entries = Object.entries(weights).filter(([, weight]) => weight > 0);
    let at = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      at -= weight;
      if (at < 0) return name;
    }
    return entries.at(-1)[0];
  }

  shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.whole(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
}
