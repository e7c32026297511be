import {
  actSentence,
  assumptionSentence,
  diaryOf,
  explanationOf,
  factSentence,
  lawReasonSentence,
  outlookOf,
  readSum,
  titleOfStage,
  verdictSentence,
} from '#casework';
import { type Day, dayIn, frenchAmount, isCurrency, PROMISE_BROKEN_CALL_STAGE, PROMISE_BROKEN_CALL_TITLE } from '#domain';
import type { TimelineEntry } from '#persistence';
import type { StageVerdictRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { orNotFound } from '../http/problem.js';
import type { ReaderLanguage } from '../http/reader-language.js';
import { pageOf } from '../http/wire.js';
import { nextActIn, stageOf } from './case-views.js';
import { CasesService } from './cases.service.js';
import { type ClaimInWords, StatementService } from './statement.service.js';
import type {
  explainAnswer,
  planAnswer,
  timelineAnswer,
  timelineEntry,
  timelineQuery,
  verdictAnswer,
  verdictsAnswer,
  verdictsQuery,
} from './case-outlook.schemas.js';

const HORIZON_DAYS = 400;
const VERDICTS_MAX = 500;
const LAST_VERDICTS = 5;
const ASSUMPTION =
  'Si personne ne paie ni ne répond\u202f: appels faits sans succès le jour même, accords donnés, mise en demeure remise trois jours après son dépôt, promesse non tenue.';

/** What a case did, will do, and why. */
@Injectable()
export class CaseOutlookService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(StatementService) private readonly statements: StatementService,
  ) {}

  async plan(creditorId: string, caseId: string, days: number | undefined): Promise<z.output<typeof planAnswer>> {
    return this.backend.plain(async (tx) => {
      const row = await this.cases.row(tx, creditorId, caseId);
      const outlook = await outlookOf(tx, this.backend.deps, row);
      const diary = diaryOf(outlook, days ?? HORIZON_DAYS).map(({ on, at, kind, stage, round, assumed }) => ({
        on,
        at,
        kind,
        ...(stage ? { stage } : {}),
        ...(round === undefined ? {} : { round }),
        sentence: actSentence(kind, stage ? titleOfStage(outlook, stage) : 'Étape'),
        assumed: assumptionSentence(assumed),
      }));
      return {
        caseId,
        on: outlook.environment.today,
        state: row.state,
        nextAct: nextActIn(outlook),
        stages: outlook.plan.map((stage) => stageOf(outlook, stage)),
        diary,
        assumption: ASSUMPTION,
      };
    });
  }

  async explain(
    creditorId: string,
    caseId: string,
    language: ReaderLanguage,
    on: Day | undefined,
  ): Promise<z.output<typeof explainAnswer>> {
    return this.backend.plain(async (tx) => {
      const row = await this.cases.row(tx, creditorId, caseId);
      const outlook = await outlookOf(tx, this.backend.deps, row);
      const { codes, sentences } = explanationOf(outlook, language);
      const reasons = codes.map((code, index) => ({ code, sentence: sentences[index] ?? code }));
      const verdicts = await tx.stageVerdicts.all({ creditorId, caseId }, { by: 'verdictId', direction: 'desc', limit: LAST_VERDICTS });
      const { invoiceId } = row;
      const invoice = orNotFound(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
      const part = (wanted: (code: string) => boolean) => reasons.filter(({ code }) => wanted(code));
      return {
        caseId,
        language,
        codes,
        sentences,
        whyHere: part(isWhere),
        whyNotSent: part((code) => !isWhere(code) && !isNext(code) && !code.startsWith('changes.')),
        whatNext: part(isNext),
        whatChanges: part((code) => code.startsWith('changes.')),
        law: { code: invoice.lawReason, sentence: lawReasonSentence(invoice, language) },
        claim: claimInWords(await this.statements.inWords(tx, row, on, language)),
        lastVerdicts: verdicts.map((verdict) => ({
          at: verdict.at,
          stage: verdict.stage,
          title: titleOfStage(outlook, verdict.stage),
          round: verdict.round,
          verdict: verdict.verdict,
          code: verdict.code,
          until: verdict.until,
          sentence: verdictSentence(verdict, language),
        })),
      };
    });
  }

  async timeline(creditorId: string, caseId: string, query: z.output<typeof timelineQuery>): Promise<z.output<typeof timelineAnswer>> {
    const { outlook, currency } = await this.backend.plain(async (tx) => {
      const row = await this.cases.row(tx, creditorId, caseId);
      return { outlook: await outlookOf(tx, this.backend.deps, row), currency: row.currency };
    });
    const page = await this.backend.readModels.timeline(creditorId, caseId, query);
    const titleOf = (stage: string) => titleOfStage(outlook, stage);
    const zone = outlook.environment.zone;
    return pageOf(
      page,
      (entry) =>
        ({
          ...entry,
          on: entry.effectiveOn ?? dayIn(entry.at, zone),
          sentence: entrySentence(entry, currency, titleOf),
        }) satisfies z.output<typeof timelineEntry>,
    );
  }

  async verdicts(creditorId: string, query: z.output<typeof verdictsQuery>): Promise<z.output<typeof verdictsAnswer>> {
    return this.backend.plain(async (tx) => {
      if (query.caseId) await this.cases.row(tx, creditorId, query.caseId);
      else orNotFound(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const rows = await tx.stageVerdicts.all(
        { creditorId, ...(query.caseId ? { caseId: query.caseId } : {}), ...(query.verdict ? { verdict: query.verdict } : {}) },
        { by: 'verdictId', direction: 'desc', limit: VERDICTS_MAX },
      );
      const since = query.since;
      const recent = rows.filter((row) => since === undefined || row.at >= since);
      const titles = await this.titles(tx, creditorId, [...new Set(recent.map(({ caseId }) => caseId))]);
      return { items: recent.map((row) => verdictOf(row, titles.get(`${row.caseId}/${row.stage}`) ?? row.stage)) };
    });
  }

  /** French names of the rungs of several cases, by `caseId/stage`. */
  private async titles(tx: Tables, creditorId: string, caseIds: readonly string[]): Promise<Map<string, string>> {
    const titles = new Map<string, string>();
    const rows = caseIds.length === 0 ? [] : await tx.cases.all({ creditorId, caseId: caseIds });
    for (const { caseId, policyId, policyVersion } of rows) {
      const policy = await this.backend.deps.policies.find(tx, creditorId, policyId, policyVersion);
      titles.set(`${caseId}/${PROMISE_BROKEN_CALL_STAGE}`, PROMISE_BROKEN_CALL_TITLE.fr);
      for (const stage of policy.stages) titles.set(`${caseId}/${stage.id}`, stage.title.fr);
    }
    return titles;
  }
}

function claimInWords({ on, page, refusal }: ClaimInWords): z.output<typeof explainAnswer>['claim'] {
  const parts = page?.parts.map(({ title, sentences }) => ({ title, sentences: [...sentences] })) ?? [];
  return { on, page: page ? { heading: page.heading, parts } : null, refusal };
}

function isWhere(code: string): boolean {
  return code === 'lastStage' || code === 'notBegun' || code.startsWith('closed.');
}

function isNext(code: string): boolean {
  return code === 'next' || code === 'nextNeedsApproval' || code === 'nothingLeft' || code === 'review';
}

function verdictOf(row: StageVerdictRow, title: string): z.output<typeof verdictAnswer> {
  const { verdictId, caseId, stage, round, verdict, code, until, messageId, because, at } = row;
  return { verdictId, caseId, stage, title, round, verdict, code, sentence: verdictSentence(row, 'fr'), until, messageId, because, at };
}

const MESSAGE_STEPS: Readonly<Record<string, string>> = {
  PLANNED: 'Message préparé',
  CLAIMED: 'Message réservé pour l’envoi',
  ACCEPTED: 'Message pris par le transporteur',
  REJECTED: 'Message refusé par le transporteur',
  UNKNOWN: 'Issue de l’envoi inconnue',
  CONFIRMED_SENT: 'Envoi confirmé',
  CONFIRMED_NOT_SENT: 'Envoi infirmé\u202f: rien n’est parti',
  HUMAN: 'Message confié à une personne',
  ABANDONED: 'Message abandonné',
};
const CALLS: Readonly<Record<string, string>> = {
  attempted: 'Appel tenté, sans réponse',
  reached: 'Appel abouti',
  notMade: 'Appel non fait',
  noPhone: 'Pas de numéro utilisable',
};
const DELIVERIES: Readonly<Record<string, string>> = {
  processed: 'Message traité par le transporteur',
  delivered: 'Message remis',
  bounce: 'Message revenu',
  dropped: 'Message écarté par le transporteur',
  spamreport: 'Signalé comme indésirable',
  unsubscribe: 'Désinscription',
  deferred: 'Remise différée',
};

function entrySentence(entry: TimelineEntry, currency: string, titleOf: (stage: string) => string): string {
  switch (entry.source) {
    case 'journal':
      return factSentence(entry.kind, entry.detail, { currency, titleOf });
    case 'verdict': {
      const title = entry.stage ? `${titleOf(entry.stage)}\u202f: ` : '';
      return `${title}${verdictSentence({ verdict: entry.kind as StageVerdictRow['verdict'], code: entry.reason ?? '' }, 'fr')}`;
    }
    case 'message':
      return messageSentence(entry);
    case 'delivery':
      return `${DELIVERIES[entry.kind] ?? entry.kind}.`;
    case 'call':
      return `${CALLS[entry.kind] ?? entry.kind}${entry.reason ? `\u202f: ${entry.reason}` : ''}.`;
  }
}

/** Which message, and for how much. */
function messageSentence({ kind, detail }: TimelineEntry): string {
  const subject = detail['subject'];
  const about = typeof subject === 'string' && subject !== '' ? `\u202f: «\u202f${subject}\u202f»` : '';
  const asked = readSum(detail['asks']);
  const sum = asked && isCurrency(asked.currency) ? `, ${frenchAmount(asked.amountMinor, asked.currency)} demandés` : '';
  return `${MESSAGE_STEPS[kind] ?? kind}${about}${sum}.`;
}
