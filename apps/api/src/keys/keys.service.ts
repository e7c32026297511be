import { type Actor, found, recordChange, todayFor } from '#casework';
import type { ApiKeyListItem, PageRequest } from '#persistence';
import type { ApiKeyRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound, Problem } from '../http/problem.js';
import { instantOf, pageOf } from '../http/wire.js';
import type { KeyInput } from './keys.schemas.js';
import { newKey } from './new-key.js';

/** Keys of one creditor. Only their hash is kept. */
@Injectable()
export class KeysService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async create(creditorId: string, input: KeyInput, asker: ApiKeyRow, by: Actor) {
    if (input.role === 'operator' && asker.role !== 'operator')
      throw new Problem('forbidden', { field: '/role', detail: 'Seul un opérateur fait des clés d’opérateur.' });
    const { token, prefix, sha256 } = newKey();
    const row: ApiKeyRow = {
      keyId: this.backend.deps.ids.next(),
      creditorId,
      role: input.role,
      name: input.name,
      prefix,
      sha256,
      createdAt: this.backend.deps.clock.now(),
      expiresAt: input.expiresAt ? instantOf(input.expiresAt) : null,
      revokedAt: null,
      lastUsedAt: null,
    };
    await this.write(creditorId, row, 'keyCreated', by, async (tx) => tx.apiKeys.insert(row));
    const { sha256: _hash, ...view } = row;
    return { ...view, token };
  }

  async list(creditorId: string, query: PageRequest<'createdAt'>) {
    return pageOf(await this.backend.readModels.apiKeys(creditorId, query), (row: ApiKeyListItem) => row);
  }

  async revoke(creditorId: string, keyId: string, by: Actor): Promise<void> {
    const row = orNotFound(await this.backend.plain((tx) => tx.apiKeys.one({ creditorId, keyId })), 'apiKey', keyId);
    if (row.revokedAt) return;
    const revokedAt = this.backend.deps.clock.now();
    await this.write(creditorId, row, 'keyRevoked', by, async (tx) => {
      await tx.apiKeys.update({ creditorId, keyId }, { revokedAt });
    });
  }

  private async write(
    creditorId: string,
    row: ApiKeyRow,
    kind: string,
    by: Actor,
    work: (tx: Parameters<Parameters<Backend['run']>[1]>[0]) => Promise<void>,
  ): Promise<void> {
    await this.backend.run(creditorId, async (tx) => {
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      await work(tx);
      const { clock } = this.backend.deps;
      const after = { keyId: row.keyId, role: row.role, prefix: row.prefix };
      const change = {
        creditorId,
        streamId: `key:${row.keyId}`,
        kind,
        recordedAt: clock.now(),
        effectiveOn: todayFor(creditor, clock),
        cause: after,
      };
      await recordChange(tx, { ...change, before: kind === 'keyCreated' ? null : after, after }, by);
    });
  }
}
