import { CLAIM_SECONDS, expireClaim, HUMAN_HOURS, handUnknownToPerson } from '#casework';
import { addSeconds, type Day, dayIn } from '#domain';
import type { Backend } from '../backend.js';
import { LAW_ZONE } from '../health/statute-note.js';
import { raiseStatuteTasks } from './raise-statute-tasks.js';

const MESSAGES_MAX = 200;

/**
 * What a killed process left behind: claims nobody holds become UNKNOWN after 15 s, UNKNOWNs nobody decided go to a person after 26 h (I6, I8).
 * Once a day: legal values that end soon or were not checked for a year become tasks.
 */
export class Janitor {
  private statutesWatchedOn: Day | undefined;

  constructor(private readonly backend: Backend) {}

  async once(): Promise<void> {
    const { deps } = this.backend;
    const now = deps.clock.now();
    const [claimed, unknown] = await this.backend.plain(async (tx) => [
      await tx.messages.all({ state: 'CLAIMED' }, { by: 'claimedAt', limit: MESSAGES_MAX }),
      await tx.messages.all({ state: 'UNKNOWN' }, { by: 'claimedAt', limit: MESSAGES_MAX }),
    ]);
    for (const { creditorId, messageId, claimedAt } of claimed ?? []) {
      if (!claimedAt || addSeconds(claimedAt, CLAIM_SECONDS) > now) continue;
      await this.backend.run(creditorId, (tx) => expireClaim(tx, deps, creditorId, messageId));
    }
    for (const { creditorId, messageId, claimedAt, updatedAt } of unknown ?? []) {
      if (addSeconds(claimedAt ?? updatedAt, HUMAN_HOURS * 3600) > now) continue;
      await this.backend.run(creditorId, (tx) => handUnknownToPerson(tx, deps, creditorId, messageId));
    }
    const today = dayIn(now, LAW_ZONE);
    if (this.statutesWatchedOn === today) return;
    await raiseStatuteTasks(this.backend);
    this.statutesWatchedOn = today;
  }
}
