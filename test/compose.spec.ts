import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '#config';
import { SEARCH_ATTRIBUTES as OURS } from '#contracts';
import { NAMESPACE_RETENTION, SEARCH_ATTRIBUTES } from '../apps/ops/search-attributes.mjs';
import { installationVariables } from '../apps/ops/supervisor/environment.mjs';
import { WORKER_HEAP_MB } from '../apps/ops/supervisor/options.mjs';

interface Service {
  image: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
  secrets?: string[];
  command?: string[];
}
interface ComposeFile {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

const compose: ComposeFile = parse(readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8'), { merge: true });
const known = new Map(VARIABLES.map((variable) => [variable.name, variable]));
const OURS_IN_COMPOSE = ['migrate', 'api', 'worker'];
/** Read by their own libraries, not by libs/config. */
const FOREIGN = /^(TZ|TEMPORAL_(ADDRESS|NAMESPACE|API_KEY|CONFIG_FILE|PROFILE))$/;

function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** Name of the variable that a compose or supervisor entry sets, `X` for both `X` and `X_FILE`. */
function variableOf(name: string): string {
  const base = name.replace(/_FILE$/, '');
  return known.get(base)?.secret ? base : name;
}

function npmStart(): string[] {
  const paths = {
    folder: '',
    sealingKey: '',
    eventPrivateKey: '',
    eventPublicKey: '',
    mailKey: '',
    paymentWebhook: '',
    postWebhook: '',
    databaseUrl: '',
    databasePassword: '',
  };
  const temporal = { TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: '', TEMPORAL_CONFIG_FILE: '' };
  const ports = { api: 1, temporal: 2, temporalUi: 3, local: 4, workerHealth: 5 };
  return Object.keys(installationVariables({ root: '/', data: '/data', ports, secrets: paths, temporal, env: {} }));
}

describe('docker-compose.yml', () => {
  it.each(OURS_IN_COMPOSE)('%s is given every required variable and none that nobody reads', (name) => {
    const given = Object.keys(service(name).environment ?? {});
    expect(given.filter((variable) => !known.has(variableOf(variable)) && !FOREIGN.test(variable))).toEqual([]);
    const required = VARIABLES.filter((variable) => variable.required).map((variable) => variable.name);
    expect(required.filter((variable) => !given.map(variableOf).includes(variable))).toEqual([]);
  });

  it.each(OURS_IN_COMPOSE)('%s gets its secrets by file, each declared and mounted', (name) => {
    const { environment = {}, secrets = [] } = service(name);
    for (const variable of VARIABLES.filter(({ secret }) => secret)) expect(environment[variable.name], variable.name).toBeUndefined();
    for (const [variable, value] of Object.entries(environment).filter(([key]) => key.endsWith('_FILE'))) {
      const secret = value.replace('/run/secrets/', '');
      expect(secrets, variable).toContain(secret);
      expect(Object.keys(compose.secrets), variable).toContain(secret);
    }
  });

  it('sets for api and worker what `npm start` sets, apart from the local mailbox and post tray', () => {
    const inCompose = new Set(
      [...Object.keys(service('api').environment ?? {}), ...Object.keys(service('worker').environment ?? {})].map(variableOf),
    );
    const local = /^(LOCAL_|RELANCE_|SENDGRID_(BASE_URL|SANDBOX_URL|EVENT_PRIVATE_KEY_FILE)|POST_|TEMPORAL_CONFIG_FILE)/;
    expect(
      npmStart()
        .filter((name) => !local.test(name))
        .map(variableOf)
        .filter((name) => !inCompose.has(name)),
    ).toEqual([]);
  });

  it('bounds the heap of the worker as `npm start` does', () => {
    expect(service('worker').command).toContain(`--max-old-space-size=\${WORKER_HEAP_MB:-${WORKER_HEAP_MB}}`);
  });

  it('makes the same search attributes and retention as the development server and the code', () => {
    const { environment = {} } = service('temporal-namespace');
    const listed = (environment.SEARCH_ATTRIBUTES ?? '')
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('='));
    expect(Object.fromEntries(listed)).toEqual(SEARCH_ATTRIBUTES);
    expect(Object.fromEntries(OURS.map(({ name, type }) => [name, type]))).toEqual(upperCased(SEARCH_ATTRIBUTES));
    expect(environment.RETENTION).toBe(NAMESPACE_RETENTION);
  });

  it('keeps long-running services alive and watches those that others wait for', () => {
    for (const name of ['postgres', 'temporal', 'temporal-ui', 'api', 'worker']) expect(service(name).restart, name).toBe('unless-stopped');
    const awaited = Object.values(compose.services).flatMap(({ depends_on }) => Object.entries(depends_on ?? {}));
    for (const [name, { condition }] of awaited) {
      expect(Object.keys(compose.services)).toContain(name);
      if (condition === 'service_healthy') expect(service(name).healthcheck, name).toBeDefined();
      else expect(service(name).restart, name).toMatch(/^on-failure/);
    }
  });

  it('lets auditors look and not touch, and runs server and tools of one version', () => {
    expect(service('temporal-ui').environment?.TEMPORAL_DISABLE_WRITE_ACTIONS).toBe('true');
    const version = (name: string) => service(name).image.split(':').slice(1).join(':');
    expect(version('temporal-schema')).toBe(version('temporal'));
    expect(version('temporal-namespace')).toBe(version('temporal'));
  });
});

function upperCased(types: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, type.toUpperCase()]));
}
