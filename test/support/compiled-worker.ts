import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const AREAS = ['apps/worker', 'libs', 'workflows', 'activities'];

/** The worker's sources compiled into a folder of their own, so that `dist/` and its stamp are left alone. */
export async function compileWorker(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-compiled-'));
  fs.copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  for (const shared of ['node_modules', 'libs']) fs.symlinkSync(path.join(root, shared), path.join(folder, shared));
  const settings = ['--config-file', '.swcrc', '--out-dir', path.join(folder, 'dist'), '--ignore', '**/*.spec.ts'];
  const compile = spawn(process.execPath, ['node_modules/@swc/cli/bin/swc.js', ...AREAS, ...settings], { cwd: root, stdio: 'pipe' });
  const words = await collect(compile);
  if (compile.exitCode !== 0) throw new Error(`The worker does not compile:\n${words}`);
  return folder;
}

/** The real worker process, which can be killed without a word. */
export class WorkerProcess {
  private words = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly healthUrl: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.words += chunk.toString('utf8')));
  }

  /** Starts it and waits until it polls. */
  static async start(folder: string, environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
    const child = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const made = new WorkerProcess(child, `http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/readyz`);
    await made.untilReady();
    return made;
  }

  /** `kill -9`, and the moment after it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill(signal);
    await gone;
  }

  private async untilReady(): Promise<void> {
    for (let look = 0; look < 300; look += 1) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(this.healthUrl).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    await this.kill();
    throw new Error(`The worker process did not get ready:\n${this.words.slice(-3000)}`);
  }
}

async function collect(child: ChildProcess): Promise<string> {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')));
  await new Promise((done) => child.once('close', done));
  return words;
}
