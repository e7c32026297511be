import type { Type } from '@nestjs/common';
import { CreditorsController } from './creditors/creditors.controller.js';
import { CreditorsService } from './creditors/creditors.service.js';
import { DebtorsController } from './debtors/debtors.controller.js';
import { DebtorsService } from './debtors/debtors.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import { CreditNotesService } from './invoices/credit-notes.service.js';
import { InvoiceSettingsService } from './invoices/invoice-settings.service.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { InvoicesService } from './invoices/invoices.service.js';
import { KeysController } from './keys/keys.controller.js';
import { KeysService } from './keys/keys.service.js';
import { PaymentsController } from './payments/payments.controller.js';
import { PaymentsService } from './payments/payments.service.js';
import { PoliciesController } from './policies/policies.controller.js';
import { PoliciesService } from './policies/policies.service.js';
import { InboxService } from './webhooks/inbox.service.js';
import { WebhookEndpointsController } from './webhooks/webhook-endpoints.controller.js';
import { WebhookEndpointsService } from './webhooks/webhook-endpoints.service.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** Controllers of who owes what: creditors, debtors, invoices, imports, payments, policies, keys, webhooks. */
export const PARTY_CONTROLLERS: readonly Type[] = [
  CreditorsController,
  DebtorsController,
  InvoicesController,
  ImportsController,
  PaymentsController,
  PoliciesController,
  KeysController,
  WebhookEndpointsController,
  WebhooksController,
];

/** Their services. */
export const PARTY_SERVICES: readonly Type[] = [
  CreditorsService,
  DebtorsService,
  InvoicesService,
  CreditNotesService,
  InvoiceSettingsService,
  ImportsService,
  PaymentsService,
  PoliciesService,
  KeysService,
  InboxService,
  WebhookEndpointsService,
];
