import type { Type } from '@nestjs/common';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { ApprovalsService } from './approvals/approvals.service.js';
import { CallsController } from './calls/calls.controller.js';
import { CallsService } from './calls/calls.service.js';
import { CaseCommandsController } from './cases/case-commands.controller.js';
import { CaseCommandsService } from './cases/case-commands.service.js';
import { CaseOutlookService } from './cases/case-outlook.service.js';
import { CasesController } from './cases/cases.controller.js';
import { CasesService } from './cases/cases.service.js';
import { StatementService } from './cases/statement.service.js';
import { CommunicationsController } from './communications/communications.controller.js';
import { CommunicationsService } from './communications/communications.service.js';
import { DisputesController } from './disputes/disputes.controller.js';
import { DisputesService } from './disputes/disputes.service.js';
import { HandOversController } from './handovers/handovers.controller.js';
import { HandOversService } from './handovers/handovers.service.js';
import { JournalController } from './journal/journal.controller.js';
import { JournalService } from './journal/journal.service.js';
import { OutgoingController } from './outgoing/outgoing.controller.js';
import { OutgoingCommandsService } from './outgoing/outgoing-commands.service.js';
import { OutgoingService } from './outgoing/outgoing.service.js';
import { PostTrayController } from './post-tray/post-tray.controller.js';
import { PostTrayService } from './post-tray/post-tray.service.js';
import { PromisesController } from './promises/promises.controller.js';
import { PromisesService } from './promises/promises.service.js';
import { ReportsController } from './reports/reports.controller.js';
import { ReportsService } from './reports/reports.service.js';
import { SandboxController } from './sandbox/sandbox.controller.js';
import { SandboxService } from './sandbox/sandbox.service.js';
import { TasksController } from './tasks/tasks.controller.js';
import { TasksService } from './tasks/tasks.service.js';

/** Controllers of what happens to a case: cases, promises, disputes, calls, tasks, approvals, communications, hand-overs, journal, reports, sandbox. */
export const CASE_CONTROLLERS: readonly Type[] = [
  CasesController,
  CaseCommandsController,
  PromisesController,
  DisputesController,
  CallsController,
  TasksController,
  ApprovalsController,
  CommunicationsController,
  OutgoingController,
  PostTrayController,
  HandOversController,
  JournalController,
  ReportsController,
  SandboxController,
];

/** Their services. */
export const CASE_SERVICES: readonly Type[] = [
  CasesService,
  CaseOutlookService,
  StatementService,
  CaseCommandsService,
  PromisesService,
  DisputesService,
  CallsService,
  TasksService,
  ApprovalsService,
  CommunicationsService,
  OutgoingService,
  OutgoingCommandsService,
  PostTrayService,
  HandOversService,
  JournalService,
  ReportsService,
  SandboxService,
];
