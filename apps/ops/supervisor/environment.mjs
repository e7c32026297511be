// The environment of the processes of a local installation: the same variables as in production, secrets by file.
import path from 'node:path';

/** Variables for api, worker, local servers and the commands of apps/ops. What the person set wins where it makes sense. */
export function installationVariables({ root, data, ports, secrets, temporal, env }) {
  const local = `http://127.0.0.1:${ports.local}`;
  const api = `http://127.0.0.1:${ports.api}`;
  const own = Boolean(env.SENDGRID_API_KEY || env.SENDGRID_API_KEY_FILE);
  const given = (name, fallback) => (env[name] || env[`${name}_FILE`] ? {} : fallback);
  return {
    NODE_ENV: 'production',
    TZ: 'UTC',
    DATABASE_URL_FILE: secrets.databaseUrl,
    API_HOST: env.API_HOST || '127.0.0.1',
    API_PORT: String(ports.api),
    PUBLIC_URL: env.PUBLIC_URL || api,
    WORKER_HEALTH_PORT: String(ports.workerHealth),
    WORKFLOW_BUNDLE: path.join(root, 'dist', 'workflow-bundle.js'),
    ...temporal,
    ...given('SEALING_KEY', { SEALING_KEY_FILE: secrets.sealingKey }),
    // Without a key of the person's own, even a creditor that is live writes to the local mailbox only.
    ...(own ? {} : { SENDGRID_API_KEY_FILE: secrets.mailKey, SENDGRID_ACTIVITY_KEY_FILE: secrets.mailKey, SENDGRID_BASE_URL: local }),
    ...given('SENDGRID_EVENT_PUBLIC_KEY', { SENDGRID_EVENT_PUBLIC_KEY_FILE: secrets.eventPublicKey }),
    ...given('POST_WEBHOOK_SECRET', { POST_WEBHOOK_SECRET_FILE: secrets.postWebhook }),
    SENDGRID_SANDBOX_URL: local,
    POST_PROVIDER_URL: env.POST_PROVIDER_URL || local,
    LOCAL_PORT: String(ports.local),
    LOCAL_DATA: path.join(data, 'local'),
    RELANCE_API_URL: api,
    RELANCE_DATA: data,
    RELANCE_API_KEY_FILE: path.join(data, 'api-key'),
    SENDGRID_EVENT_PRIVATE_KEY_FILE: secrets.eventPrivateKey,
  };
}

/** Text for `node --env-file`, so that other commands reach the running installation; it holds paths, not secrets. */
export function environmentFile(variables) {
  return `${Object.entries(variables)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join('\n')}\n`;
}

/** The person's environment with our variables over it, without the direct form of a secret that we give by file. */
export function childEnvironment(env, variables) {
  const merged = { ...env, ...variables };
  for (const name of Object.keys(variables)) if (name.endsWith('_FILE')) delete merged[name.slice(0, -'_FILE'.length)];
  return merged;
}
