import { makePromise, type PromiseFacts, withdrawPromise } from '#casework';
import type { Money } from '#domain';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { type CaseAfter, type CaseCommand, CaseCommandsService } from '../cases/case-commands.service.js';
import { CasesService } from '../cases/cases.service.js';
import { Problem } from '../http/problem.js';

@Injectable()
export class PromisesService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(CaseCommandsService) private readonly commands: CaseCommandsService,
  ) {}

  make(command: CaseCommand, amount: Money, promise: Omit<PromiseFacts, 'amountMinor'>): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.commands.run(command, async (tx) => {
      const { currency } = await this.cases.row(tx, creditorId, caseId);
      if (currency !== amount.currency) {
        throw new Problem('fieldInvalid', { field: '/amount/currency', detail: `La créance est en ${currency}\u202f: la promesse aussi.` });
      }
      return makePromise(tx, this.backend.deps, creditorId, caseId, { ...promise, amountMinor: amount.minor }, by);
    });
  }

  withdraw(command: CaseCommand): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.commands.run(command, (tx) => withdrawPromise(tx, this.backend.deps, creditorId, caseId, by));
  }
}
