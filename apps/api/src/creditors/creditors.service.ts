import {
  type Actor,
  casesWaitingFor,
  createCreditor,
  found,
  liftWaiting,
  missingMentions,
  readinessOf,
  refusal,
  keepTerms,
  SANDBOX_START,
  updateCreditor,
} from '#casework';
import type { ApiKeyRow, CreditorMentions, CreditorRow, TermsByKind, Tx } from '#ports';
import type { PageRequest } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { Problem } from '../http/problem.js';
import { defined, moneyFrom, pageOf } from '../http/wire.js';
import { termsFrom } from '../invoices/contract-terms.schema.js';
import { type CreditorAnswer, type CreditorInput, type CreditorPatch, viewCreditor } from './creditors.schemas.js';

const BRAKED: ReadonlySet<string> = new Set(['brakeOn', 'brake']);
const TRIES = 5;

/** Creditors: made by the operator, set up by finance, live once nothing is missing. */
@Injectable()
export class CreditorsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async create(input: CreditorInput, by: Actor): Promise<CreditorAnswer> {
    const row = this.newRow(input);
    await this.backend.run(row.creditorId, async (tx) => {
      await this.backend.deps.policies.find(tx, row.creditorId, row.policyId, row.policyVersion);
      await createCreditor(tx, this.backend.deps, row, by);
    });
    return viewCreditor(row);
  }

  async list(key: ApiKeyRow, query: PageRequest<never> & { search?: string | undefined }) {
    const { search, ...page } = query;
    const scope = key.creditorId === '*' ? {} : { creditorIds: [key.creditorId] };
    return pageOf(await this.backend.readModels.creditors({ ...page, ...scope, ...(search ? { search } : {}) }), viewCreditor);
  }

  async one(creditorId: string): Promise<CreditorAnswer> {
    return viewCreditor(await this.row(creditorId));
  }

  async readiness(creditorId: string) {
    const { row, consumers } = await this.backend.plain(async (tx) => ({
      row: found(await tx.creditors.one({ creditorId }), 'creditor', creditorId),
      consumers: await tx.debtors.count({ creditorId, kind: 'consumer', country: 'FR' }),
    }));
    const missing = readinessOf(row);
    return { ready: missing.length === 0, missing, warnings: missingMentions(row, consumers > 0) };
  }

  async change(creditorId: string, patch: CreditorPatch, version: number, by: Actor): Promise<CreditorAnswer> {
    return this.backend.run(creditorId, async (tx) => {
      const before = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const change = this.changeOf(before, patch);
      await this.backend.deps.policies.find(
        tx,
        creditorId,
        change.policyId ?? before.policyId,
        change.policyVersion ?? before.policyVersion,
      );
      if (Object.keys(change).length === 0) return viewCreditor(before);
      return viewCreditor(await updateCreditor(tx, this.backend.deps, creditorId, change, version, by));
    });
  }

  async goLive(creditorId: string, by: Actor): Promise<CreditorAnswer> {
    return this.backend.run(creditorId, async (tx) => {
      const row = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const missing = readinessOf(row);
      if (missing.length > 0) {
        throw new Problem('creditorNotReady', {
          errors: missing.map((one) => ({ pointer: `/${one.field}`, code: 'missing', detail: one.sentence })),
        });
      }
      if (row.live) return viewCreditor(row);
      return viewCreditor(await updateCreditor(tx, this.backend.deps, creditorId, { live: true }, row.version, by));
    });
  }

  /** A brake must hold whoever edits beside it: it is put on whatever version is there. */
  async brake(creditorId: string, on: boolean, by: Actor): Promise<CreditorAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.backend.run(creditorId, (tx) => this.setBrake(tx, creditorId, on, by));
      } catch (error) {
        const isRace = error instanceof Error && error.message === 'versionConflict';
        if (!isRace || attempt >= TRIES) throw error;
      }
    }
  }

  private async setBrake(tx: Tx, creditorId: string, on: boolean, by: Actor): Promise<CreditorAnswer> {
    const { deps } = this.backend;
    const row = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    if (row.brakeOn === on) return viewCreditor(row);
    const after = await updateCreditor(tx, deps, creditorId, { brakeOn: on }, row.version, by);
    if (!on) await liftWaiting(tx, deps, creditorId, await casesWaitingFor(tx, creditorId, BRAKED), BRAKED, by);
    return viewCreditor(after);
  }

  private async row(creditorId: string): Promise<CreditorRow> {
    return this.backend.plain(async (tx) => found(await tx.creditors.one({ creditorId }), 'creditor', creditorId));
  }

  private newRow(input: CreditorInput): CreditorRow {
    const { policy, sandbox = false, contractTerms, standing, shareCapital, register, mediator, ...given } = input;
    const { deps } = this.backend;
    const chosen = policy ?? this.defaultPolicy();
    return {
      legalForm: null,
      siren: null,
      enterpriseNumber: null,
      vat: null,
      iban: null,
      bic: null,
      replyToEmail: null,
      phone: null,
      signatoryName: null,
      signatoryTitle: null,
      senderEmail: null,
      ...defined(given),
      creditorId: given.creditorId,
      legalName: given.legalName,
      law: given.law,
      address: defined(given.address) as CreditorRow['address'],
      language: given.language ?? 'fr',
      ...this.placeOf(given.address, given.law),
      defaultTermDays: given.defaultTermDays ?? 30,
      policyId: chosen.id,
      policyVersion: chosen.version,
      referralRoute: given.referralRoute ?? 'collectionAgency',
      contractTerms: termsAfter({}, contractTerms),
      standing: defined(standing ?? {}),
      mentions: mentionsAfter({}, { shareCapital, register, mediator }),
      live: false,
      sandbox,
      clockAt: sandbox ? SANDBOX_START : null,
      clockVersion: sandbox ? 1 : 0,
      brakeOn: false,
      epoch: 0,
      version: 1,
      createdAt: deps.clock.now(),
    };
  }

  private changeOf(before: CreditorRow, patch: CreditorPatch): Partial<CreditorRow> {
    const { policy, address, contractTerms, standing, shareCapital, register, mediator, ...rest } = patch;
    const saysMore = [shareCapital, register, mediator].some((mention) => mention !== undefined);
    return {
      ...defined(rest),
      ...(saysMore ? { mentions: mentionsAfter(before.mentions, { shareCapital, register, mediator }) } : {}),
      ...(contractTerms ? { contractTerms: termsAfter(before.contractTerms, contractTerms) } : {}),
      ...(standing ? { standing: { ...before.standing, ...defined(standing) } } : {}),
      ...(address ? { address: defined(address) as CreditorRow['address'], ...this.placeOf(address, before.law) } : {}),
      ...(policy ? { policyId: policy.id, policyVersion: policy.version } : {}),
    };
  }

  private placeOf(
    address: { country: string; postcode?: string | undefined },
    law: CreditorRow['law'],
  ): { territory: string; zone: string } {
    const { deps } = this.backend;
    const place = { country: address.country, ...(address.postcode ? { postcode: address.postcode } : {}) };
    const territory = deps.law.territory(place, law);
    return { territory, zone: deps.law.zone(territory) };
  }

  private defaultPolicy(): { id: string; version: number } {
    const newest = this.backend.deps.policies.presets.filter((preset) => preset.id === 'standard').sort((a, b) => b.version - a.version)[0];
    if (!newest) throw refusal('policyNotFound', { policyId: 'standard' }, '/policy');
    return { id: newest.id, version: newest.version };
  }
}

/** What letters say of the creditor after a change: what is not named stays, null forgets. */
function mentionsAfter(
  before: CreditorMentions,
  { shareCapital, register, mediator }: Pick<CreditorInput, 'shareCapital' | 'register' | 'mediator'>,
): CreditorMentions {
  const after: CreditorMentions = { ...before };
  if (shareCapital === null) delete after.shareCapital;
  else if (shareCapital) {
    const { minor, currency } = moneyFrom(shareCapital);
    after.shareCapital = { minor: minor.toString(), currency };
  }
  if (register === null) delete after.register;
  else if (register) after.register = register;
  if (mediator === null) delete after.mediator;
  else if (mediator) after.mediator = defined(mediator) as NonNullable<CreditorMentions['mediator']>;
  return after;
}

/** The terms of each kind of debtor after a change: what is not named stays, null forgets. */
function termsAfter(before: TermsByKind, change: CreditorInput['contractTerms']): TermsByKind {
  const after: TermsByKind = { ...before };
  for (const kind of ['business', 'consumer', 'publicBody', 'coOwners'] as const) {
    const given = change?.[kind];
    if (given === null) delete after[kind];
    else if (given) after[kind] = keepTerms(termsFrom(given));
  }
  return after;
}
