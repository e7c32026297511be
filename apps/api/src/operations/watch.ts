import { raiseTask, todayFor } from '#casework';
import { addDays, addSeconds } from '#domain';
import type { Backend } from '../backend.js';
import type { BrakesService } from './brakes.service.js';

/** After this long without word of the provider a person is told; after 26 hours he decides alone. */
const UNCERTAIN_SECONDS = 2 * 3_600;
const FLAGGED_MAX = 100;

/** What people must hear of without asking: messages that crossed money, messages nobody knows the fate of, brakes whose end has come. */
export class Watch {
  constructor(
    private readonly backend: Backend,
    private readonly brakes: BrakesService,
  ) {}

  async once(): Promise<void> {
    await this.brakes.releaseOver();
    const before = addSeconds(this.backend.deps.clock.now(), -UNCERTAIN_SECONDS);
    for (const { creditorId, messageId, isCrossed } of await this.backend.operations.flaggedWithoutTask(before, FLAGGED_MAX)) {
      await this.backend.run(creditorId, (tx) =>
        isCrossed ? this.askCrossed(tx, creditorId, messageId) : this.askUncertain(tx, creditorId, messageId),
      );
    }
  }

  /** The debtor got a reminder of money that was under way: somebody may want to call him. */
  private async askCrossed(tx: Parameters<typeof raiseTask>[0], creditorId: string, messageId: string): Promise<void> {
    const about = await this.aboutOf(tx, creditorId, messageId);
    if (!about) return;
    await raiseTask(tx, this.backend.deps, {
      creditorId,
      kind: 'messageCrossed',
      dedupeKey: `messageCrossed:${messageId}`,
      title: 'Un message s’est croisé avec un paiement\u202f: vérifier s’il faut s’en excuser auprès du débiteur.',
      role: 'controller',
      subjectId: messageId,
      ...about,
    });
  }

  private async askUncertain(tx: Parameters<typeof raiseTask>[0], creditorId: string, messageId: string): Promise<void> {
    const about = await this.aboutOf(tx, creditorId, messageId);
    if (!about) return;
    await raiseTask(tx, this.backend.deps, {
      creditorId,
      kind: 'messageUnknown',
      dedupeKey: `messageUnknown:${messageId}`,
      title:
        'Depuis deux heures, personne ne sait si un message est parti\u202f: vérifier auprès du prestataire, puis dire «\u202fparti\u202f» ou «\u202fpas parti\u202f».',
      role: 'controller',
      subjectId: messageId,
      ...about,
    });
  }

  private async aboutOf(tx: Parameters<typeof raiseTask>[0], creditorId: string, messageId: string) {
    const message = await tx.messages.one({ creditorId, messageId });
    const creditor = await tx.creditors.one({ creditorId });
    if (!message || !creditor) return undefined;
    const [link] = await tx.messageCases.all({ creditorId, messageId });
    const dueOn = addDays(todayFor(creditor, this.backend.deps.clock), 1);
    return { debtorId: message.debtorId, dueOn, ...(link ? { caseId: link.caseId } : {}) };
  }
}
