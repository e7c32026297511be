import { openDispute, resolveDispute } from '#casework';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { type CaseAfter, type CaseCommand, CaseCommandsService } from '../cases/case-commands.service.js';
import type { disputeBody, resolutionBody } from './disputes.schemas.js';

@Injectable()
export class DisputesService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CaseCommandsService) private readonly commands: CaseCommandsService,
  ) {}

  open(command: CaseCommand, { reason, note }: z.output<typeof disputeBody>): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    return this.commands.run(command, (tx) =>
      openDispute(tx, this.backend.deps, creditorId, caseId, { reason, ...(note ? { note } : {}) }, by),
    );
  }

  resolve(command: CaseCommand, { verdict, note }: z.output<typeof resolutionBody>): Promise<CaseAfter> {
    const { creditorId, caseId, by } = command;
    const { deps } = this.backend;
    return this.commands.run(command, (tx) => resolveDispute(tx, deps, creditorId, caseId, { verdict, ...(note ? { note } : {}) }, by));
  }
}
