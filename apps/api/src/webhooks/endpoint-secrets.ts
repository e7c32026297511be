import type { CaseworkDeps } from '#casework';

/** Webhook secrets are sealed like personal bytes: the row alone opens nothing. */
const CONTEXT = 'webhook_endpoint/';

/** Seals the secrets of an endpoint under a key of their own, for one text column. */
export function sealSecrets(deps: Pick<CaseworkDeps, 'sealer'>, endpointId: string, secrets: readonly string[]): string {
  const { wrappedKey } = deps.sealer.newKey();
  const { nonce, ciphertext } = deps.sealer.seal(wrappedKey, new TextEncoder().encode(JSON.stringify(secrets)), `${CONTEXT}${endpointId}`);
  const parts = [wrappedKey, nonce, ciphertext].map((bytes) => Buffer.from(bytes).toString('base64'));
  return parts.join('.');
}

/** Opens them; an empty list, which verifies nothing, when they cannot be opened. */
export function openSecrets(deps: Pick<CaseworkDeps, 'sealer'>, endpointId: string, sealed: string): string[] {
  const [wrappedKey, nonce, ciphertext] = sealed.split('.').map((part) => Buffer.from(part, 'base64'));
  if (!wrappedKey || !nonce || !ciphertext) return [];
  try {
    const bytes = deps.sealer.open(wrappedKey, { nonce, ciphertext }, `${CONTEXT}${endpointId}`);
    return JSON.parse(new TextDecoder().decode(bytes)) as string[];
  } catch {
    return [];
  }
}
