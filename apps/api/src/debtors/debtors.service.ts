import {
  type Actor,
  addContact,
  changeDebtor,
  decideDebtorKind,
  found,
  liftForDebtor,
  raiseTask,
  recordChange,
  refusal,
  todayFor,
} from '#casework';
import type { DebtorKind } from '#domain';
import type { DebtorFilter, DebtorSort, PageRequest } from '#persistence';
import type { ContactRole, DebtorContactRow, DebtorRow, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import { defined, pageOf } from '../http/wire.js';
import { type ContactInput, type DebtorPatch, viewContact, viewDebtor, viewDebtorItem } from './debtors.schemas.js';

/** Debtors, what they are, and how they can be reached. */
@Injectable()
export class DebtorsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: DebtorFilter & PageRequest<DebtorSort>) {
    return pageOf(await this.backend.readModels.debtors(creditorId, query), viewDebtorItem);
  }

  one(creditorId: string, debtorId: string) {
    return this.backend.plain(async (tx) => {
      const row = orNotFound(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId);
      const contacts = await tx.contacts.all({ creditorId, debtorId }, { by: 'createdAt', limit: 200 });
      return { ...viewDebtor(row), contacts: contacts.map(viewContact) };
    });
  }

  /** A case that runs keeps the ladder it was given; a case that a returned letter stopped goes on. */
  async change(creditorId: string, debtorId: string, patch: DebtorPatch, version: number, by: Actor) {
    const { reason: _reason, address, ...rest } = patch;
    const change = { ...defined(rest), ...(address ? { address: defined(address) } : {}) };
    await this.backend.run(creditorId, (tx) => changeDebtor(tx, this.backend.deps, creditorId, debtorId, change, version, by));
    return this.one(creditorId, debtorId);
  }

  async decideKind(creditorId: string, debtorId: string, kind: DebtorKind, version: number | undefined, by: Actor) {
    await this.backend.run(creditorId, (tx) => decideDebtorKind(tx, this.backend.deps, creditorId, debtorId, kind, version, by));
    return this.one(creditorId, debtorId);
  }

  async addContact(creditorId: string, debtorId: string, input: ContactInput, by: Actor) {
    const { role, channel, name, language } = input;
    const address = channel === 'phone' ? input.address.replace(/[\s.()-]/g, '') : input.address;
    const facts = { role: role as ContactRole, channel, address, ...(name ? { name } : {}), ...(language ? { language } : {}) };
    return viewContact(await this.backend.run(creditorId, (tx) => addContact(tx, this.backend.deps, creditorId, debtorId, facts, by)));
  }

  /** A number that is wrong, a mailbox that is gone: the next channel is used, and a person is asked when none is left. */
  async judgeContact(
    creditorId: string,
    debtorId: string,
    contactId: string,
    judgement: { usable: boolean; proof?: string | undefined },
    version: number,
    by: Actor,
  ) {
    return this.backend.run(creditorId, async (tx) => {
      const { deps } = this.backend;
      const debtor = found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId);
      const before = orNotFound(await tx.contacts.one({ creditorId, debtorId, contactId }), 'contact', contactId);
      const { usable } = judgement;
      const proof = judgement.proof ?? (usable ? 'givenByPerson' : before.channel === 'phone' ? 'wrongNumber' : 'returned');
      const change = { usable, proof, proofAt: deps.clock.now(), version: before.version + 1 };
      if ((await tx.contacts.update({ creditorId, contactId, version }, change)) === 0)
        throw refusal('versionConflict', { version: before.version });
      await this.journalContact(tx, debtor, before, usable, by);
      if (usable) await liftForDebtor(tx, deps, creditorId, debtorId, 'contactMissing', by);
      else await this.askWhenUnreachable(tx, debtor, before);
      return viewContact({ ...before, ...change });
    });
  }

  private async askWhenUnreachable(tx: Tx, debtor: DebtorRow, lost: DebtorContactRow): Promise<void> {
    const { creditorId, debtorId } = debtor;
    if ((await tx.contacts.count({ creditorId, debtorId, channel: lost.channel, usable: true })) > 0) return;
    await raiseTask(tx, this.backend.deps, {
      creditorId,
      debtorId,
      kind: 'findContact',
      dedupeKey: `findContact:${debtorId}`,
      title:
        `${debtor.name}\u202f: plus aucun contact utilisable (${lost.channel === 'email' ? 'courriel' : lost.channel === 'phone' ? 'téléphone' : 'courrier'})\u202f; en trouver un.`.slice(
          0,
          500,
        ),
    });
  }

  private async journalContact(
    tx: Tx,
    { creditorId, debtorId }: DebtorRow,
    before: DebtorContactRow,
    usable: boolean,
    by: Actor,
  ): Promise<void> {
    const { contactId } = before;
    const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    await recordChange(
      tx,
      {
        creditorId,
        streamId: `debtor:${debtorId}`,
        kind: usable ? 'contactUsable' : 'contactUnusable',
        recordedAt: this.backend.deps.clock.now(),
        effectiveOn: todayFor(creditor, this.backend.deps.clock),
        cause: { debtorId, contactId, channel: before.channel },
        before: { contactId, usable: before.usable },
        after: { contactId, usable },
      },
      by,
    );
  }
}
