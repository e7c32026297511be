import type { Type } from '@nestjs/common';

/** Controllers of who owes what: creditors, debtors, invoices, imports, payments, policies, keys, webhooks. */
export const PARTY_CONTROLLERS: readonly Type[] = [];

/** Their services. */
export const PARTY_SERVICES: readonly Type[] = [];
