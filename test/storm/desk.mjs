// REST as staff, ERP and clock speak it: over either API, again after a broken line, with an idempotency key, remembering what was acknowledged.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const ROLES = ['controller', 'finance', 'auditor', 'integrator', 'operator'];
const TRIES_MAX = 60;
/** Nobody waits longer for an API that froze or cannot be reached: the other one is asked. */
const ANSWER_MS = 4_000;

/** Refused by the product: a 4xx that repeating does not change. */
export class Refusal extends Error {
  constructor(status, body, what) {
    super(`${what} answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
    this.status = status;
    this.code = body?.code;
  }
}

export class Desk {
  #keys = {};
  #serial = 0;
  #isClosed = false;
  /** Commands that took longer than five seconds, for whoever asks why a storm took so long. */
  slow = [];

  /** `addresses`: the two APIs through their proxies. */
  constructor(addresses, dice) {
    this.addresses = addresses;
    this.dice = dice;
  }

  /** Whoever still asks is told at once that nobody answers. */
  close() {
    this.#isClosed = true;
  }

  /** The first keys are written by the operator's command, not by the API. */
  async makeKeys(sql) {
    for (const role of ROLES) {
      const prefix = randomBytes(4).toString('hex');
      const token = `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
      await sql.query(
        `insert into api_key (key_id, creditor_id, role, name, prefix, sha256, created_at) values ($1, '*', $2, $3, $4, $5, now())`,
        [`storm-${role}`, role, `storm ${role}`, prefix, createHash('sha256').update(token).digest('hex')],
      );
      this.#keys[role] = token;
    }
  }

  /** One command or question; repeats over the other API until it is answered. Throws `Refusal`, or an error when nobody answers for long. */
  async ask(role, method, route, body, more = {}) {
    const key = `storm-${++this.#serial}`;
    const began = performance.now();
    try {
      return await this.#repeat(role, method, route, body, key, more);
    } finally {
      const seconds = Math.round((performance.now() - began) / 1000);
      if (seconds >= 5) this.slow.push(`${seconds} s ${method} ${route}`);
    }
  }

  async #repeat(role, method, route, body, key, more) {
    let last = 'no answer';
    let isRepeated = false;
    for (let tries = 0; tries < (more.tries ?? TRIES_MAX) && !this.#isClosed; tries++) {
      const answer = await this.once(role, method, route, body, key, more);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const isPassing = answer.status === 0 || answer.status >= 500 || answer.status === 429;
      // Half-way when its process died, or still at it: what became of it stands in the rows.
      const isUnderWay = answer.status === 409 && isRepeated && String(answer.body?.code).startsWith('idempotency');
      if (isUnderWay && tries > 8) return { unknown: true };
      if (!isPassing && !isUnderWay) throw new Refusal(answer.status, answer.body, `${method} ${route}`);
      isRepeated = true;
      last = answer.status === 0 ? answer.reason : `${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`;
      await sleep(Math.min(1500, 100 * 2 ** Math.min(tries, 4)));
    }
    throw new Error(`${method} ${route}: ${last}`);
  }

  async once(role, method, route, body, key, { headers = {}, timeoutMs = ANSWER_MS } = {}) {
    const base = this.addresses[this.dice.whole(0, this.addresses.length - 1)];
    const isBytes = body instanceof Uint8Array;
    try {
      const response = await fetch(`${base}${route}`, {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...(role ? { authorization: `Bearer ${this.#keys[role]}` } : {}),
          ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
          ...(method === 'POST' && key ? { 'idempotency-key': key } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isBytes || typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
    } catch (error) {
      return { status: 0, reason: error.cause?.code ?? error.name };
    }
  }
}
