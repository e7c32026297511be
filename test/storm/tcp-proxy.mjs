// A TCP proxy of our own before every server: the network of the storm.
import net from 'node:net';

/**
 * Modes: `pass`; `refuse` (nobody listens); `blackHole` (taken, and nothing ever comes through); `delay` (every piece late by `ms`);
 * `cutMidBody` (broken after `bytes` of the answer); `dropAnswer` (the request is executed, its answer never arrives).
 */
export class TcpProxy {
  #mode = { kind: 'pass' };
  #server;
  #pairs = new Set();
  #target;
  held = 0;

  constructor(name, target) {
    this.name = name;
    this.#target = target;
  }

  async open(port = 0) {
    this.#server = net.createServer({ noDelay: true }, (near) => this.#join(near));
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    return this;
  }

  /** Another server behind the same address. */
  leadTo(port) {
    this.#target = port;
  }

  get mode() {
    return this.#mode.kind;
  }

  /** Sets the weather for what comes from now on; connections that stand are broken when the line is refused or black. */
  async set(mode) {
    const before = this.#mode.kind;
    this.#mode = mode;
    if (mode.kind === 'refuse' && before !== 'refuse') {
      this.#breakAll();
      await new Promise((resolve) => this.#server.close(resolve));
    }
    if (mode.kind !== 'refuse' && before === 'refuse') await this.open(this.port);
    if (mode.kind === 'pass' && before !== 'pass' && before !== 'delay') this.#breakAll();
  }

  async close() {
    this.#breakAll();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #breakAll() {
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  #join(near) {
    const far = net.connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const pair = { near, far };
    this.#pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      this.#pairs.delete(pair);
    };
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
    let answered = 0;
    near.on('data', (bytes) => this.#carry(far, bytes, this.#mode.kind === 'blackHole'));
    far.on('data', (bytes) => {
      const { kind, bytes: limit = 0 } = this.#mode;
      if (kind === 'cutMidBody') {
        answered += bytes.length;
        if (answered <= limit) return void near.write(bytes);
        near.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)));
        return end();
      }
      this.#carry(near, bytes, kind === 'blackHole' || kind === 'dropAnswer');
    });
  }

  #carry(to, bytes, isLost) {
    if (isLost || to.destroyed) return;
    const { kind, ms } = this.#mode;
    if (kind !== 'delay') return void to.write(bytes);
    this.held += 1;
    setTimeout(() => {
      this.held -= 1;
      if (!to.destroyed) to.write(bytes);
    }, ms);
  }
}
