import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKeyRow } from '#ports';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Backend } from '../backend.js';
import { notFound, Problem } from './problem.js';
import type { ApiRequest } from './request-context.js';
import { ALLOWED_ROLES, OPEN_REASON, type Role } from './route-decorators.js';

const TOKEN = /^Bearer (rk_([A-Za-z0-9]{8})_[A-Za-z0-9_-]{43})$/;
const VALUE_MAX = 400;
const USED_EVERY_MS = 60_000;

/** The stored form of a key. Keys are 256 random bits: a plain hash cannot be searched. */
export function keyHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Deny by default: a route names its roles or says why it is open. The key is found by its prefix and compared in constant time; a creditor in the path
 * that is not the key's own is not there at all (404).
 */
export class AuthGuard implements CanActivate {
  private readonly usedAt = new Map<string, number>();
  /** Creditors seen to exist; they are never deleted. */
  private readonly creditors = new Set<string>();

  constructor(
    private readonly reflector: Reflector,
    private readonly backend: Backend,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    refuseStrangePath(request);
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<string | undefined>(OPEN_REASON, targets)) return true;
    const roles = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ALLOWED_ROLES, targets);
    const key = await this.identify(request.headers.authorization);
    request.apiKey = key;
    const creditorId = request.params['creditorId'];
    if (typeof creditorId === 'string' && key.creditorId !== '*' && key.creditorId !== creditorId) throw notFound('creditor', creditorId);
    if (!roles?.includes(key.role)) throw new Problem('forbidden', { facts: { role: key.role } });
    if (typeof creditorId === 'string') await this.refuseUnknown(creditorId);
    return true;
  }

  /** A mistyped creditor is a 404, never an empty list that looks like a paid book. */
  private async refuseUnknown(creditorId: string): Promise<void> {
    if (this.creditors.has(creditorId)) return;
    const creditor = await this.backend.deps.unitOfWork.plain((tx) => tx.creditors.one({ creditorId }));
    if (!creditor) throw notFound('creditor', creditorId);
    this.creditors.add(creditorId);
  }

  private async identify(header: string | undefined): Promise<ApiKeyRow> {
    const match = TOKEN.exec(header ?? '');
    const token = match?.[1];
    const prefix = match?.[2];
    if (!token || !prefix) throw new Problem('authenticationRequired');
    const { deps } = this.backend;
    const key = await deps.unitOfWork.plain((tx) => tx.apiKeys.one({ prefix }));
    const given = Buffer.from(keyHash(token), 'hex');
    const stored = Buffer.from(key?.sha256 ?? '0'.repeat(64), 'hex');
    const isSame = stored.length === given.length && timingSafeEqual(stored, given);
    const now = deps.clock.now();
    if (!key || !isSame || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) throw new Problem('authenticationRequired');
    await this.noteUse(key);
    return key;
  }

  /** `lastUsedAt` to the minute: a write per request would cost more than it says. */
  private async noteUse(key: ApiKeyRow): Promise<void> {
    const now = Date.now();
    if (now - (this.usedAt.get(key.keyId) ?? 0) < USED_EVERY_MS) return;
    if (this.usedAt.size > 10_000) this.usedAt.clear();
    this.usedAt.set(key.keyId, now);
    const { deps } = this.backend;
    await deps.unitOfWork.plain((tx) => tx.apiKeys.update({ keyId: key.keyId }, { lastUsedAt: deps.clock.now() }));
  }
}

/** Values of the path go into queries: NUL and other control characters, or a novel, are refused before. */
function refuseStrangePath(request: ApiRequest): void {
  for (const [name, value] of Object.entries(request.params)) {
    const text = Array.isArray(value) ? value.join('/') : value;
    if (text.length > VALUE_MAX) {
      const detail = `La valeur a ${text.length} caractères\u202f; ${VALUE_MAX} au plus.`;
      throw new Problem('pathInvalid', { field: name, detail, facts: { limit: VALUE_MAX } });
    }
    if (/\p{Cc}/u.test(text)) throw new Problem('pathInvalid', { field: name, detail: 'La valeur contient un caractère de contrôle.' });
  }
}
