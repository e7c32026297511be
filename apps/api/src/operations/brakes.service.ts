import { type Actor, EVERYBODY, liftBraked, releaseBrake, setBrake } from '#casework';
import type { ApiKeyRow, BrakeRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { instantOf, pageOf } from '../http/wire.js';
import { type BrakeRequest, type brakeAnswer, type brakePage, type brakesQuery, viewBrake } from './brakes.schemas.js';
import { refuseUnlessOfInstallation, scopeOf } from './operation-scope.js';

const CREDITORS_AT_ONCE = 8;

/** Stops and lets go what leaves: the whole product, a creditor, a policy, a debtor or a channel (I29). */
@Injectable()
export class BrakesService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(key: ApiKeyRow, query: z.output<typeof brakesQuery>): Promise<z.output<typeof brakePage>> {
    const { creditorId, live = true, ...page } = query;
    const scope = scopeOf(key, creditorId);
    return pageOf(await this.backend.operations.brakes({ ...page, live, ...(scope ? { creditorId: scope } : {}) }), viewBrake);
  }

  /** When it has answered, no claim it stops commits any more. */
  async set(key: ApiKeyRow, { scope, creditorId, key: of, reason, until }: BrakeRequest, by: Actor): Promise<z.output<typeof brakeAnswer>> {
    const owner = this.ownerOf(key, creditorId);
    if (owner !== EVERYBODY)
      await this.backend.plain(async (tx) => orNotFound(await tx.creditors.one({ creditorId: owner }), 'creditor', owner));
    const wanted = { creditorId: owner, scope, reason, ...(of ? { key: of } : {}), ...(until ? { until: instantOf(until) } : {}) };
    const row = await this.backend.run(owner, (tx) => setBrake(tx, this.backend.deps, wanted, by));
    // Claims hold their creditor's lock: having had each lock once, none that had not seen the brake is left.
    if (owner === EVERYBODY) await this.eachCreditor(async () => undefined);
    return viewBrake(row);
  }

  /** Releasing again changes nothing. What waited for it looks again at once. */
  async release(key: ApiKeyRow, brakeId: string, reason: string, by: Actor): Promise<z.output<typeof brakeAnswer>> {
    const [row] = await this.backend.plain((tx) => tx.brakes.all({ brakeId }));
    const brake = orNotFound(row && this.isVisible(key, row) ? row : undefined, 'brake', brakeId);
    if (brake.creditorId === EVERYBODY) refuseUnlessOfInstallation(key);
    await this.letGo(brake, reason, by);
    return viewBrake(
      await this.backend.plain(async (tx) => orNotFound(await tx.brakes.one({ creditorId: brake.creditorId, brakeId }), 'brake', brakeId)),
    );
  }

  /** Brakes whose end has come are let go like any other, so that what they held does not wait for its next look. */
  async releaseOver(): Promise<void> {
    const now = this.backend.deps.clock.now();
    const live = await this.backend.plain((tx) => tx.brakes.all({ releasedAt: null }, { by: 'since', limit: 1_000 }));
    for (const brake of live) {
      if (brake.until !== null && brake.until <= now)
        await this.letGo(brake, 'Échéance atteinte', { actor: 'system:brakes', role: 'system' });
    }
  }

  private async letGo(brake: BrakeRow, reason: string, by: Actor): Promise<void> {
    const isNew = await this.backend.run(brake.creditorId, (tx) => releaseBrake(tx, this.backend.deps, brake, reason, by));
    if (isNew && brake.creditorId === EVERYBODY) {
      await this.eachCreditor((creditorId) => this.backend.run(creditorId, (tx) => liftBraked(tx, this.backend.deps, creditorId, by)));
    }
  }

  /** Takes each creditor's lock once; what fails for one is logged, and asks again by itself within the hour. */
  private async eachCreditor(work: (creditorId: string) => Promise<void>): Promise<void> {
    const rows = await this.backend.plain((tx) => tx.creditors.all({}, { by: 'creditorId' }));
    const waiting = rows.map((row) => row.creditorId);
    const lane = async (): Promise<void> => {
      for (let creditorId = waiting.shift(); creditorId !== undefined; creditorId = waiting.shift()) {
        const id = creditorId;
        await this.backend
          .run(id, () => Promise.resolve())
          .then(() => work(id))
          .catch((error: unknown) => this.backend.logger.error({ err: error, creditorId: id }, 'A brake could not be told to a creditor'));
      }
    };
    await Promise.all(Array.from({ length: CREDITORS_AT_ONCE }, lane));
  }

  private ownerOf(key: ApiKeyRow, creditorId: string | undefined): string {
    if (creditorId !== undefined) return scopeOf(key, creditorId) ?? creditorId;
    refuseUnlessOfInstallation(key);
    return EVERYBODY;
  }

  private isVisible(key: ApiKeyRow, row: BrakeRow): boolean {
    return key.creditorId === '*' || row.creditorId === key.creditorId || row.creditorId === EVERYBODY;
  }
}
