import { Parties1795305600001 } from './01-parties.migration.js';
import { Invoices1795305600002 } from './02-invoices.migration.js';
import { ImportsAndSeals1795305600003 } from './03-imports-and-seals.migration.js';
import { Cases1795305600004 } from './04-cases.migration.js';
import { Pauses1795305600005 } from './05-pauses.migration.js';
import { Tasks1795305600006 } from './06-tasks.migration.js';
import { Messages1795305600007 } from './07-messages.migration.js';
import { Money1795305600008 } from './08-money.migration.js';
import { Borders1795305600009 } from './09-borders.migration.js';
import { AppendOnly1795305600010 } from './10-append-only.migration.js';
import { BalancedEntries1795305600011 } from './11-balanced-entries.migration.js';
import { ListIndexes1795305600012 } from './12-list-indexes.migration.js';
import { IdentifierIndexes1795305600013 } from './13-identifier-indexes.migration.js';
import { Regimes1795305600014 } from './14-regimes.migration.js';
import { Operations1795305600015 } from './15-operations.migration.js';
import { MessageEdits1795305600016 } from './16-message-edits.migration.js';
import { InvoiceDescription1795305600017 } from './17-invoice-description.migration.js';
import { AccessoriesReceived1795305600018 } from './18-accessories-received.migration.js';
import { CreditorMentions1795305600019 } from './19-creditor-mentions.migration.js';
import { DesignatedPayments1795305600020 } from './20-designated-payments.migration.js';

/** In the order in which they run. A migration that has been released is never edited. */
export const MIGRATIONS = [
  Parties1795305600001,
  Invoices1795305600002,
  ImportsAndSeals1795305600003,
  Cases1795305600004,
  Pauses1795305600005,
  Tasks1795305600006,
  Messages1795305600007,
  Money1795305600008,
  Borders1795305600009,
  AppendOnly1795305600010,
  BalancedEntries1795305600011,
  ListIndexes1795305600012,
  IdentifierIndexes1795305600013,
  Regimes1795305600014,
  Operations1795305600015,
  MessageEdits1795305600016,
  InvoiceDescription1795305600017,
  AccessoriesReceived1795305600018,
  CreditorMentions1795305600019,
  DesignatedPayments1795305600020,
] as const;
