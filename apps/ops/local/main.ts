import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { standardWebhookSecret } from '#sealing';
import { startLocalServers } from './start-local-servers.js';

const DEFAULT_PORT = 3080;

async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const portText = environment.LOCAL_PORT || String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535) throw new Error(`LOCAL_PORT is not a port: ${portText}`);
  const postSecretFile = environment.POST_WEBHOOK_SECRET_FILE;
  const servers = await startLocalServers({
    port: Number(portText),
    host: environment.LOCAL_HOST || '127.0.0.1',
    dir: needed(environment, 'LOCAL_DATA'),
    eventPrivateKey: createPrivateKey(readFileSync(needed(environment, 'SENDGRID_EVENT_PRIVATE_KEY_FILE'))),
    ...(environment.RELANCE_API_URL ? { apiUrl: environment.RELANCE_API_URL } : {}),
    ...(postSecretFile ? { postSecret: standardWebhookSecret(readFileSync(postSecretFile, 'utf8')) } : {}),
    log: (line) => console.log(line),
  });
  console.log(`Local mailbox and post tray on ${servers.url}`);
  const stop = (): void => {
    void servers.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function needed(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}

main(process.env).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
