// The storm itself: one fault after another, drawn from the seed, each undone before the next of its kind.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAILPOINTS, FREEZE_POINTS } from './failpoints.mjs';

const TRAP_PATIENCE_MS = 9_000;

/** How often each kind is drawn. Those that end with a kill count towards the storm's size. */
const WEIGHTS = {
  trap: 34,
  killAny: 12,
  postmaster: 5,
  temporalKill: 4,
  temporalStop: 2,
  freeze: 8,
  freezeTrap: 8,
  network: 14,
  provider: 12,
  skew: 3,
  smallPool: 2,
  switchBuild: 3,
  aimed: 14,
  temporalWipe: 0,
};

const DEADLY = new Set(['trap', 'killAny', 'postmaster', 'temporalKill', 'temporalWipe']);

export class Faults {
  counts = {};
  log = [];
  #isOver = false;
  #began = performance.now();

  constructor({ applications, postgres, temporal, proxies, local, dice, kills, otherBuild, only, aim, progress }) {
    Object.assign(this, { applications, postgres, temporal, proxies, local, dice, kills, otherBuild, aim, progress });
    this.weights = only
      ? Object.fromEntries(
          Object.entries(WEIGHTS)
            .filter(([kind]) => only.includes(kind))
            .map(([kind, weight]) => [kind, weight || 5]),
        )
      : WEIGHTS;
  }

  get killed() {
    return Object.entries(this.counts)
      .filter(([kind]) => kind.startsWith('kill:'))
      .reduce((sum, [, count]) => sum + count, 0);
  }

  /** Whether any kind that is drawn ends with a kill. */
  get canKill() {
    return [...DEADLY].some((kind) => this.weights[kind] > 0);
  }

  /** Until `stop()` or until the kills are used up. */
  async run() {
    if (this.kills === 0) return;
    while (!this.#isOver && this.killed < this.kills) {
      await sleep(this.dice.whole(200, 1_500));
      if (this.#isOver) break;
      // Deaths are spread over the months; between them the weather is merely bad.
      const isAhead = this.killed > this.kills * this.progress() + 1;
      const weights = isAhead ? Object.fromEntries(Object.entries(this.weights).filter(([name]) => !DEADLY.has(name))) : this.weights;
      if (Object.keys(weights).length === 0) continue;
      const kind = this.dice.weighted(weights);
      await this[kind]().catch((error) => this.#note(`failed:${kind}`, error.message.slice(0, 200)));
    }
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
      this.#disarm(one.traps);
    }
    for (const proxy of Object.values(this.proxies)) await proxy.set({ kind: 'pass' });
    if (!this.temporal.isUp) await this.temporal.up();
    await Promise.all(this.applications.map((one) => one.untilReady()));
  }

  async trap() {
    const point = this.dice.one(FAILPOINTS);
    await this.#lay(point, 'kill', `kill:${point.name}`);
  }

  async freezeTrap() {
    const name = this.dice.one(FREEZE_POINTS);
    const point = FAILPOINTS.find((each) => each.name === name);
    const pid = await this.#lay(point, 'stop', `freeze:${name}`);
    if (!pid) return;
    // While the sender sleeps its debtor pays, or a person stops the case.
    if (point.who === 'worker' && this.dice.isOneIn(0.6)) await this.aimed();
    await sleep(this.dice.whole(6_000, 20_000));
    this.#signal(pid, 'SIGCONT');
  }

  async killAny() {
    const one = this.dice.one(this.applications);
    if (!one.isUp) return;
    one.kill();
    this.#note(`kill:random ${one.kind}`, one.name);
  }

  async freeze() {
    const one = this.dice.one(this.applications);
    one.freeze();
    this.#note(`freeze:${one.kind}`, one.name);
    await sleep(this.dice.whole(2_000, 12_000));
    one.thaw();
  }

  async postmaster() {
    const ms = await this.postgres.killAndRecover();
    this.#note('kill:postmaster', `recovered in ${Math.round(ms)} ms`);
  }

  async temporalKill() {
    this.#note('kill:temporal', '');
    await this.temporal.kill('SIGKILL');
    await sleep(this.dice.whole(200, 4_000));
    await this.temporal.up();
  }

  async temporalStop() {
    this.#note('stop:temporal', '');
    await this.temporal.kill('SIGTERM');
    await sleep(this.dice.whole(2_000, 9_000));
    await this.temporal.up();
  }

  /** A payment or a hold for a case whose letter is on its way at this very moment. */
  async aimed() {
    const what = await this.aim(this.dice);
    if (what) this.#note(`aimed:${what}`, '');
  }

  /** Temporal forgets everything. Not drawn unless asked for: only a product that starts its workflows again from the rows survives it. */
  async temporalWipe() {
    this.#note('kill:temporal wiped', '');
    await this.temporal.kill('SIGKILL');
    this.temporal.wipe();
    await this.temporal.up();
  }

  async network() {
    const proxy = this.dice.one(Object.values(this.proxies));
    const kind = this.dice.one(['refuse', 'blackHole', 'delay', 'cutMidBody', 'dropAnswer']);
    this.#note(`network:${kind}`, proxy.name);
    await proxy.set({ kind, ms: this.dice.whole(50, 2_500), bytes: this.dice.whole(0, 2_000) });
    await sleep(this.dice.whole(800, 5_000));
    await proxy.set({ kind: 'pass' });
  }

  async provider() {
    const step = () =>
      this.dice.one([
        { status: 429, retryAfter: this.dice.whole(1, 60) },
        { status: 500 },
        { status: 503 },
        { status: 400 },
        { delayMs: this.dice.whole(3_000, 14_000) },
        { acceptThenHang: true },
        { acceptThenDrop: true },
        { dropConnection: true },
      ]);
    const steps = Array.from({ length: this.dice.whole(1, 4) }, step);
    const target = this.dice.isOneIn(0.85) ? 'mail' : 'post';
    this.local.script(steps, target);
    this.#note(`provider:${target}`, steps.map((each) => each.status ?? Object.keys(each)[0]).join(' '));
  }

  async skew() {
    const one = this.dice.one(this.applications.filter(({ kind }) => kind === 'api'));
    const ms = this.dice.one([-3_600_000, 3_600_000, -86_400_000, 86_400_000]);
    one.skew(ms);
    this.#note('clock:step', `${one.name} ${ms / 3_600_000} h`);
    await sleep(this.dice.whole(1_000, 5_000));
    one.skew(0);
  }

  async smallPool() {
    const one = this.dice.one(this.applications.filter(({ kind }) => kind === 'api'));
    this.#note('pool:2', one.name);
    await one.replace({ env: { ...one.env, DATABASE_POOL_SIZE: '2' } });
    await sleep(this.dice.whole(3_000, 9_000));
    await one.replace({ env: { ...one.env, DATABASE_POOL_SIZE: '8' } });
  }

  async switchBuild() {
    const one = this.dice.one(this.applications.filter(({ kind }) => kind === 'worker'));
    const build = one.build === one.firstBuild ? this.otherBuild : one.firstBuild;
    this.#note('build:switched', one.name);
    await one.replace({ build });
  }

  /** Lays a trap and waits until somebody steps into it; answers the pid, or undefined when nobody came by. */
  async #lay(point, deed, title) {
    const kinds = point.who === 'any' ? this.dice.shuffled(['api', 'worker']).slice(0, 1) : [point.who];
    const folder = this.applications.find(({ kind }) => kind === kinds[0]).traps;
    const trap = path.join(folder, point.name);
    writeFileSync(trap, deed);
    const deadline = performance.now() + TRAP_PATIENCE_MS;
    while (performance.now() < deadline && !this.#isOver) {
      await sleep(60);
      const taken = readdirSync(folder).find((file) => file.startsWith(`${point.name}.`) && file.endsWith('.taken'));
      if (!taken) continue;
      rmSync(path.join(folder, taken));
      const pid = Number(taken.split('.').at(-2));
      this.#note(title, this.applications.find((one) => one.pid === pid)?.name ?? '');
      return pid;
    }
    if (existsSync(trap)) rmSync(trap, { force: true });
    return undefined;
  }

  #disarm(folder) {
    for (const file of readdirSync(folder)) rmSync(path.join(folder, file), { force: true });
  }

  #signal(pid, signal) {
    try {
      process.kill(pid, signal);
    } catch {
      // It was killed while it was frozen.
    }
  }

  #note(kind, words) {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.log.push(`${((performance.now() - this.#began) / 1000).toFixed(1)} s ${kind} ${words}`.trim());
  }
}
