import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Config, loadConfig } from '#config';
import { connectWorkflowDirectory } from '#orchestration';
import type { ApiKeyRow } from '#ports';
import { createLogger } from '#telemetry';
import { Client, Connection } from '@temporalio/client';
import { type Api, createApi } from '../../apps/api/src/create-api.js';
import { type RunningLocalServers, startLocalServers } from '../../apps/ops/local/start-local-servers.js';
import { dropDatabase, freshDatabase } from './fresh-database.js';
import { StackWorker, workflowBundleFile } from './stack-worker.js';

export type Role = ApiKeyRow['role'];

const ROLES: readonly Role[] = ['controller', 'finance', 'auditor', 'integrator', 'operator'];

export interface StackOptions {
  readonly pgBase: string;
  readonly temporalAddress: string;
  /** False leaves the worker to the test: another process, or none. */
  readonly worker?: boolean;
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/**
 * The whole product on free ports: API with its relay, worker with the real acts, PostgreSQL, Temporal and the local mail and post servers, whose
 * signed events go back to the API. Every stack has a database and a task queue of its own.
 */
export class Stack {
  private readonly tokens = new Map<Role, string>();
  worker: StackWorker | undefined;

  private constructor(
    private readonly pgBase: string,
    private readonly folder: string,
    readonly config: Config,
    readonly environment: Readonly<Record<string, string>>,
    readonly api: Api,
    readonly local: RunningLocalServers,
    readonly temporal: Client,
    /** With which the mail provider signs its events. */
    readonly mailEventKey: KeyObject,
  ) {}

  static async open({ pgBase, temporalAddress, worker = true }: StackOptions): Promise<Stack> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-stack-'));
    const databaseUrl = await freshDatabase(pgBase);
    const eventKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const postSecret = randomBytes(32);
    const [apiPort, localPort, healthPort] = [await freePort(), await freePort(), await freePort()];
    const environment = {
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.STACK_LOG ?? 'silent',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '8',
      API_PORT: String(apiPort),
      PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
      WORKER_HEALTH_PORT: String(healthPort),
      TEMPORAL_TASK_QUEUE: `stack-${apiPort}`,
      WORKFLOW_BUNDLE: await workflowBundleFile(),
      SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
      SENDGRID_SANDBOX_URL: `http://127.0.0.1:${localPort}`,
      SENDGRID_EVENT_PUBLIC_KEY: publicKeyText(eventKeys.publicKey),
      POST_PROVIDER_URL: `http://127.0.0.1:${localPort}`,
      POST_WEBHOOK_SECRET: `whsec_${postSecret.toString('base64')}`,
    };
    const config = loadConfig(environment);
    const taskQueue = config.TEMPORAL_TASK_QUEUE;
    const api = await createApi(config, {
      logger: createLogger({ name: 'api', level: config.LOG_LEVEL }),
      directory: connectWorkflowDirectory({ address: temporalAddress, taskQueue }),
    });
    await api.app.listen(apiPort, '127.0.0.1');
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const dir = path.join(folder, 'local');
    const local = await startLocalServers({ port: localPort, dir, apiUrl, eventPrivateKey: eventKeys.privateKey, postSecret });
    const temporal = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
    const forChildren = { ...environment, TEMPORAL_ADDRESS: temporalAddress, TZ: 'UTC' };
    const stack = new Stack(pgBase, folder, config, forChildren, api, local, temporal, eventKeys.privateKey);
    await stack.makeKeys();
    if (worker) await stack.startWorker();
    return stack;
  }

  get url(): string {
    return this.config.PUBLIC_URL;
  }

  async startWorker(): Promise<void> {
    this.worker = await StackWorker.start(this.config, this.environment.TEMPORAL_ADDRESS ?? '');
  }

  async stopWorker(): Promise<void> {
    await this.worker?.stop();
    this.worker = undefined;
  }

  /** One call of the REST API with the key of `role`; never throws for a problem answer. */
  async call<T = Record<string, unknown>>(
    role: Role | 'nobody',
    method: string,
    route: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const key: Record<string, string> = role === 'nobody' ? {} : { authorization: `Bearer ${this.token(role)}` };
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(route, this.url), {
      method,
      headers: { ...key, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (isJson(response) ? JSON.parse(text) : { text }) as T };
  }

  /** The same, for what must succeed: any answer but 2xx is an error that shows the problem. */
  async ask<T = Record<string, unknown>>(
    role: Role,
    method: string,
    route: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.call<T>(role, method, route, body, headers);
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`${method} ${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  token(role: Role): string {
    const token = this.tokens.get(role);
    if (!token) throw new RangeError(`No key for ${role}`);
    return token;
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.api.close();
    await this.local.close();
    await this.temporal.connection.close();
    await dropDatabase(this.pgBase, this.config.DATABASE_URL);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** The first keys of an installation are written by its operator's command, not by the API. */
  private async makeKeys(): Promise<void> {
    const { deps } = this.api.backend;
    for (const role of ROLES) {
      const prefix = randomBytes(6).toString('base64url').replace(/[-_]/g, 'x').padEnd(8, 'x').slice(0, 8);
      const token = `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
      this.tokens.set(role, token);
      await deps.unitOfWork.plain((tx) =>
        tx.apiKeys.insert({
          keyId: deps.ids.next(),
          creditorId: '*',
          role,
          name: `test ${role}`,
          prefix,
          sha256: createHash('sha256').update(token).digest('hex'),
          createdAt: deps.clock.now(),
          expiresAt: null,
          revokedAt: null,
          lastUsedAt: null,
        }),
      );
    }
  }
}

function publicKeyText(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function isJson(response: Response): boolean {
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') && response.status !== 204;
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
