// The storm itself: one fault after another, drawn from the seed, each undone before the next of its kind. Four lanes run beside each other:
// deaths, sleepers, bad weather and payments that meet a letter.
import { setTimeout as sleep } from 'node:timers/promises';
import { FAILPOINTS, FREEZE_POINTS, TRANSACTION_POINTS } from './failpoints.mjs';
import { Traps, wake } from './traps.mjs';

const TRAPS_AT_ONCE = 3;

/** How often each kind is drawn, by lane. Deaths count towards the storm's size; each kind of them is drawn once before any is drawn again by weight. */
const LANES = {
  deaths: { pauseMs: [100, 700], weights: { trap: 34, killAny: 10, postmaster: 5, temporalKill: 4, temporalWipe: 2 } },
  sleepers: { pauseMs: [500, 3_000], weights: { freeze: 8, freezeTrap: 10 } },
  weather: {
    pauseMs: [200, 1_500],
    weights: { network: 16, provider: 14, skew: 4, smallPool: 2, switchBuild: 3, temporalStop: 2, aimed: 18, failTrap: 5 },
  },
  meetings: { pauseMs: [1_000, 7_000], weights: { crossing: 1 } },
};

/** Every kind there is, for `--only` and for making a failing storm smaller. */
export const KINDS = Object.values(LANES).flatMap(({ weights }) => Object.keys(weights));

export class Faults {
  counts = {};
  log = [];
  #isOver = false;
  #began = performance.now();
  #temporalFree = Promise.resolve();

  constructor({ applications, postgres, temporal, proxies, local, dice, kills, otherBuild, only, points, lines, aim, progress }) {
    Object.assign(this, { applications, postgres, temporal, proxies, local, dice, kills, otherBuild, lines, aim, progress });
    this.traps = new Traps({ applications, note: (...words) => this.#note(...words), isOver: () => this.#isOver });
    this.lanes = Object.entries(LANES).map(([name, { pauseMs, weights }]) => ({
      name,
      pauseMs,
      dice: dice.of(name),
      weights: Object.fromEntries(Object.entries(weights).filter(([kind]) => !only || only.includes(kind))),
    }));
    for (const lane of this.lanes) lane.first = lane.dice.shuffled(Object.keys(lane.weights));
    const isDrawn = (point) => (points ? points.includes(point.name) : point.isDrawn !== false);
    this.freezePoints = FREEZE_POINTS.filter((name) => !points || points.includes(name));
    this.failingPoints = TRANSACTION_POINTS.filter((name) => !points || points.includes(name));
    this.points = dice.shuffled(FAILPOINTS.filter(isDrawn));
  }

  get killed() {
    return Object.entries(this.counts)
      .filter(([kind]) => kind.startsWith('kill:'))
      .reduce((sum, [, count]) => sum + count, 0);
  }

  /** Whether any kind that is drawn ends with a kill. */
  get canKill() {
    return this.lanes[0].first !== undefined && Object.keys(this.lanes[0].weights).length > 0;
  }

  /** More days have passed than kills: time should wait for them. */
  get isBehind() {
    return this.canKill && this.killed + 1 < this.kills * this.progress();
  }

  /** Until `stop()`; deaths until they are used up. */
  async run() {
    if (this.kills === 0) return;
    await Promise.all(this.lanes.map((lane) => this.#play(lane)));
  }

  async #play(lane) {
    if (Object.keys(lane.weights).length === 0) return;
    const isDeadly = lane.name === 'deaths';
    while (!this.#isOver && !(isDeadly && this.killed >= this.kills)) {
      await sleep(lane.dice.whole(...lane.pauseMs));
      if (this.#isOver) break;
      // Deaths are spread over the months.
      if (isDeadly && this.killed > this.kills * this.progress() + 1) continue;
      const kind = this.#drawn(lane);
      await this[kind](lane.dice).catch((error) => this.#note(`failed:${kind}`, error.message.slice(0, 200)));
    }
  }

  #drawn(lane) {
    // Once the months are over fewer processes come by a trap; a random kill needs nobody to.
    if (this.progress() >= 1 && lane.weights.killAny) return 'killAny';
    if (lane.name === 'deaths' && lane.first.length > 0 && lane.dice.isOneIn(0.35)) return lane.first.pop();
    return lane.dice.weighted(lane.weights);
  }

  stop() {
    this.#isOver = true;
  }

  /** Everything whole again, and up. */
  async heal() {
    this.#isOver = true;
    for (const one of this.applications) {
      one.thaw();
      one.skew(0);
      this.traps.disarm(one.traps);
    }
    for (const proxy of Object.values(this.proxies)) await proxy.set({ kind: 'pass' });
    if (!this.temporal.isUp) await this.temporal.up();
    await Promise.all(this.applications.map((one) => one.untilReady()));
  }

  async trap(dice) {
    // Points that nobody died at yet come first.
    const points = this.points.filter(({ name }) => !this.traps.isBusy(name));
    const { pid, point } = await this.traps.lay(points.slice(0, TRAPS_AT_ONCE), 'kill', dice);
    this.points = [...this.points.filter((each) => !points.slice(0, TRAPS_AT_ONCE).includes(each)), ...points.slice(0, TRAPS_AT_ONCE)];
    if (point && pid) this.points = [...this.points.filter((each) => each !== point), point];
  }

  async freezeTrap(dice) {
    const name = dice.one(this.freezePoints);
    if (this.traps.isBusy(name)) return;
    const { pid, point } = await this.traps.lay([FAILPOINTS.find((each) => each.name === name)], 'stop', dice);
    if (!pid) return;
    // While the sender sleeps its debtor pays, or a person stops the case.
    if (point.who === 'worker' && dice.isOneIn(0.75)) await this.aimed(dice, point.name === 'act.began');
    // Before its claim nothing grows old: long enough for the deed to be done.
    const isBeforeClaim = point.name === 'act.began' || point.name === 'plan.afterCommit';
    await this.#unlessOver(isBeforeClaim ? dice.whole(3_000, 7_000) : dice.whole(6_000, 18_000));
    wake(pid);
  }

  /** A statement fails inside a transaction: nothing of it stays, and whoever asked must not hear that it did. */
  async failTrap(dice) {
    const name = dice.one(this.failingPoints);
    const code = dice.one(['57P01', '53300', '40P01', '55P03']);
    if (this.traps.isBusy(name)) return;
    await this.traps.lay([FAILPOINTS.find((each) => each.name === name)], `fail ${code}`, dice);
  }

  async killAny(dice) {
    const one = dice.one(this.applications);
    if (!one.isUp) return;
    one.kill();
    this.#note(`kill:random ${one.kind}`, one.name);
  }

  async freeze(dice) {
    const one = dice.one(this.applications);
    one.freeze();
    this.#note(`freeze:${one.kind}`, one.name);
    await this.#unlessOver(dice.whole(2_000, 12_000));
    one.thaw();
  }

  async postmaster() {
    const ms = await this.postgres.killAndRecover();
    this.#note('kill:postmaster', `recovered in ${Math.round(ms)} ms`);
  }

  async temporalKill(dice) {
    await this.#temporalAway('kill:temporal', 'SIGKILL', dice.whole(200, 4_000));
  }

  async temporalStop(dice) {
    await this.#temporalAway('stop:temporal', 'SIGTERM', dice.whole(2_000, 9_000));
  }

  /** Temporal forgets everything: whatever is open must be started again from the rows. */
  async temporalWipe(dice) {
    await this.#temporalAway('kill:temporal wiped', 'SIGKILL', dice.whole(200, 3_000), () => this.temporal.wipe());
  }

  /** One end of the server at a time, whichever lane wants it. */
  #temporalAway(title, signal, ms, meanwhile = () => undefined) {
    const away = this.#temporalFree.then(async () => {
      this.#note(title, '');
      await this.temporal.kill(signal);
      meanwhile();
      await sleep(ms);
      await this.temporal.up();
    });
    this.#temporalFree = away.catch(() => undefined);
    return away;
  }

  /** A payment or a hold for a case whose letter is on its way at this very moment, or whose rung is just due. */
  async aimed(dice, isBeforeLetter = dice.isOneIn(this.aim.early)) {
    const what = await this.aim.deed(dice, isBeforeLetter);
    if (what) this.#note(`aimed:${what}`, '');
  }

  /** The provider takes its time over a letter, and its debtor pays meanwhile: the two cross (I2). */
  async crossing(dice) {
    const what = await this.aim.crossing(dice);
    if (what) this.#note(`aimed:${what}`, '');
  }

  async network(dice) {
    const proxy = this.proxies[dice.one(this.lines ?? Object.keys(this.proxies))];
    const kind = dice.one(['refuse', 'blackHole', 'delay', 'cutMidBody', 'dropAnswer']);
    this.#note(`network:${kind}`, proxy.name);
    await proxy.set({ kind, ms: dice.whole(50, 2_500), bytes: dice.whole(0, 2_000) });
    await this.#unlessOver(dice.whole(800, 5_000));
    await proxy.set({ kind: 'pass' });
  }

  async provider(dice) {
    const step = () =>
      dice.one([
        { status: 429, retryAfter: dice.whole(1, 60) },
        { status: 500 },
        { status: 503 },
        { status: 400 },
        { delayMs: dice.whole(3_000, 14_000) },
        { acceptThenHang: true },
        { acceptThenDrop: true },
        { dropConnection: true },
      ]);
    const steps = Array.from({ length: dice.whole(1, 4) }, step);
    const target = dice.isOneIn(0.85) ? 'mail' : 'post';
    this.local.script(steps, target);
    this.#note(`provider:${target}`, steps.map((each) => each.status ?? Object.keys(each)[0]).join(' '));
  }

  async skew(dice) {
    const one = dice.one(this.applications);
    const ms = dice.one([-3_600_000, 3_600_000, -86_400_000, 86_400_000]);
    one.skew(ms);
    this.#note('clock:step', `${one.name} ${ms / 3_600_000} h`);
    await this.#unlessOver(dice.whole(1_000, 5_000));
    one.skew(0);
  }

  async smallPool(dice) {
    const one = dice.one(this.applications.filter(({ kind }) => kind === 'api'));
    this.#note('pool:2', one.name);
    await one.replace({ env: { ...one.env, DATABASE_POOL_SIZE: '2' } });
    await this.#unlessOver(dice.whole(3_000, 9_000));
    await one.replace({ env: { ...one.env, DATABASE_POOL_SIZE: '8' } });
  }

  async switchBuild(dice) {
    const one = dice.one(this.applications.filter(({ kind }) => kind === 'worker'));
    const build = one.build === one.firstBuild ? this.otherBuild : one.firstBuild;
    this.#note('build:switched', one.name);
    await one.replace({ build });
  }

  /** A fault ends early with the storm. */
  async #unlessOver(ms) {
    const until = performance.now() + ms;
    while (!this.#isOver && performance.now() < until) await sleep(Math.min(200, until - performance.now() + 1));
  }

  #note(kind, words) {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.log.push(`${((performance.now() - this.#began) / 1000).toFixed(1)} s ${kind} ${words}`.trim());
  }
}
