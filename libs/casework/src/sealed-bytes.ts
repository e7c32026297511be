import type { SealedObjectRow, Tables } from '#ports';
import { sha256Hex } from './canonical-hash.js';
import type { CaseworkDeps } from './casework-deps.js';
import { refusal } from './refused-error.js';

export interface BytesToSeal {
  readonly creditorId: string;
  /** A key per debtor; a key per file for files that hold many debtors. */
  readonly subject: 'debtor' | 'file';
  readonly subjectId: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly fileName?: string;
}

/** Seals personal bytes under their subject's key and stores them; returns the object's id and SHA-256 of the plaintext. */
export async function sealBytes(tx: Tables, deps: CaseworkDeps, input: BytesToSeal): Promise<{ objectId: string; sha256: string }> {
  const key = await keyOf(tx, deps, input);
  const objectId = deps.ids.next();
  const sealed = deps.sealer.seal(key.wrappedKey, input.bytes, contextOf(input.creditorId, objectId));
  const sha256 = sha256Hex(input.bytes);
  await tx.sealedObjects.insert({
    creditorId: input.creditorId,
    objectId,
    keyId: key.keyId,
    mediaType: input.mediaType,
    fileName: input.fileName ?? null,
    sha256,
    size: input.bytes.length,
    nonce: sealed.nonce,
    ciphertext: sealed.ciphertext,
    createdAt: deps.clock.now(),
  });
  return { objectId, sha256 };
}

/** Opens sealed bytes; refused when the subject was erased. */
export async function openBytes(
  tx: Tables,
  deps: CaseworkDeps,
  creditorId: string,
  objectId: string,
): Promise<{ bytes: Uint8Array; object: SealedObjectRow }> {
  const object = await tx.sealedObjects.one({ creditorId, objectId });
  if (!object) throw refusal('documentNotFound', { id: objectId });
  const key = await tx.sealingKeys.one({ creditorId, keyId: object.keyId });
  if (!key?.wrappedKey) throw refusal('documentErased', { id: objectId });
  const bytes = deps.sealer.open(key.wrappedKey, { nonce: object.nonce, ciphertext: object.ciphertext }, contextOf(creditorId, objectId));
  return { bytes, object };
}

async function keyOf(tx: Tables, deps: CaseworkDeps, input: BytesToSeal): Promise<{ keyId: string; wrappedKey: Uint8Array }> {
  const where = { creditorId: input.creditorId, subject: input.subject, subjectId: input.subjectId };
  const known = await tx.sealingKeys.one(where);
  if (known?.wrappedKey) return { keyId: known.keyId, wrappedKey: known.wrappedKey };
  if (known) throw refusal('subjectErased', { subject: input.subject });
  const fresh = { keyId: deps.ids.next(), wrappedKey: deps.sealer.newKey().wrappedKey };
  const isNew = await tx.sealingKeys.insertOnce({ ...where, ...fresh, createdAt: deps.clock.now(), destroyedAt: null });
  if (isNew) return fresh;
  return keyOf(tx, deps, input);
}

function contextOf(creditorId: string, objectId: string): string {
  return `${creditorId}/sealed_object/${objectId}`;
}
