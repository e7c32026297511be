// Secrets of a local installation: made once, one file each, readable by their owner only.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a file of mode 0600 in one step, so that a kill leaves the old content or the new one. */
export function writePrivate(file, content) {
  writeFileSync(`${file}.part`, content, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/**
 * Makes the missing secrets below `<data>/secrets` and returns their paths and, where the supervisor itself needs them, their values.
 * An existing secret is never replaced: the sealing key opens every letter kept so far.
 */
export function ensureSecrets(data) {
  const folder = path.join(data, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name) => path.join(folder, name);
  const once = (name, make) => {
    if (!existsSync(file(name))) writePrivate(file(name), `${make()}\n`);
    return file(name);
  };
  const eventKey = once('sendgrid-event-private.pem', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    // SendGrid shows its verification key as the bare base64 of this form.
    writePrivate(file('sendgrid-event-public.key'), `${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}\n`);
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).trim();
  });
  return {
    folder,
    sealingKey: once('sealing.key', () => randomBytes(32).toString('base64')),
    eventPrivateKey: eventKey,
    eventPublicKey: file('sendgrid-event-public.key'),
    mailKey: once('sendgrid-api.key', () => `SG.local.${randomBytes(24).toString('base64url')}`),
    postWebhook: once('post-webhook.secret', () => `whsec_${randomBytes(32).toString('base64')}`),
    databaseUrl: file('database.url'),
    databasePassword: readFileSync(
      once('postgres.password', () => randomBytes(24).toString('base64url')),
      'utf8',
    ).trim(),
  };
}
