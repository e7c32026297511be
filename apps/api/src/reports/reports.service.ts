import { found, todayFor } from '#casework';
import type { AgeingPart, AgeingRow } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { amountOf, dayOf } from '../http/wire.js';
import { AGE_BUCKETS, type ageingAnswer, type ageingQuery } from './reports.schemas.js';

type Ageing = z.output<typeof ageingAnswer>;

/** Figures about the whole book of a creditor. */
@Injectable()
export class ReportsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async ageing(creditorId: string, query: z.output<typeof ageingQuery>): Promise<Ageing> {
    const creditor = found(await this.backend.plain((tx) => tx.creditors.one({ creditorId })), 'creditor', creditorId);
    const on = query.on ? dayOf(query.on) : todayFor(creditor, this.backend.deps.clock);
    const rows = await this.backend.readModels.ageing(creditorId, on);
    const currencies = [...new Set(rows.map((row) => row.currency))];
    return { on, currencies: currencies.map((code) => ofCurrency(code, rows)) };
  }
}

function ofCurrency(currency: string, rows: readonly AgeingRow[]): Ageing['currencies'][number] {
  const told = (part: AgeingPart) => rows.find((row) => row.currency === currency && row.part === part);
  const amount = (part: AgeingPart) => amountOf(told(part)?.amountMinor ?? 0n, currency);
  const openMinor = AGE_BUCKETS.reduce((sum, { bucket }) => sum + (told(bucket)?.amountMinor ?? 0n), 0n);
  return {
    currency,
    openPrincipal: amountOf(openMinor, currency),
    buckets: AGE_BUCKETS.map((one) => ({ ...one, cases: told(one.bucket)?.count ?? 0, openPrincipal: amount(one.bucket) })),
    withOthers: amount('withOthers'),
    unallocated: amount('unallocated'),
    parked: amount('parked'),
  };
}
