import { type DraftWords, pageOfDraft, refusalOfDraft, wordsOfDraft } from '#activities';
import { comingIn, type ComingMessageKey, draftMessage, type MessageDraft, nowFor, outlookOf, type OwnWords, todayFor } from '#casework';
import { addDays, atTime, type Instant } from '#domain';
import type { OutgoingItem } from '#persistence';
import type { Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { CasesService } from '../cases/cases.service.js';
import { notFound, orNotFound, Problem } from '../http/problem.js';
import { defined } from '../http/wire.js';
import type { outgoingAnswer, outgoingDetail, outgoingQuery } from './outgoing.schemas.js';
import { outgoingView } from './outgoing-view.js';

/** A coming message drafted for its own day: what it would say if it left then, or why it could not be written. */
export interface DraftedMessage {
  readonly item: OutgoingItem;
  readonly draft: MessageDraft;
  readonly words?: DraftWords;
  readonly problem?: string;
}

/** A plan reaches ten years at most; one message is looked for over all of it. */
const ANY_DAY = 3660;

/** Reads of the outbox: each line is drafted by the code that will write the letter. Nothing is kept, nothing is locked. */
@Injectable()
export class OutgoingService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CasesService) private readonly cases: CasesService,
  ) {}

  async list(creditorId: string, query: z.output<typeof outgoingQuery>): Promise<z.output<typeof outgoingAnswer>> {
    const { days, limit, cursor, ...filters } = query;
    const span = await this.span(creditorId, days);
    const filter = { ...defined(filters), today: span.today, until: span.until };
    const counts = await this.backend.readModels.outgoingCounts(creditorId, filter);
    const page = await this.backend.readModels.outgoing(creditorId, { ...filter, limit, ...(cursor ? { cursor } : {}) });
    const items = await this.backend.plain(async (tx) => {
      const views = [];
      for (const item of page.items) views.push(outgoingView(creditorId, await this.drafted(tx, creditorId, item)));
      return views;
    });
    const untilOn = addDays(span.today, days);
    return { today: span.today, until: untilOn, counts, items, ...(page.nextCursor ? { nextCursor: page.nextCursor } : {}) };
  }

  async detail(key: ComingMessageKey): Promise<z.output<typeof outgoingDetail>> {
    const drafted = await this.one(key);
    const { words = {} } = drafted.draft;
    return {
      ...outgoingView(key.creditorId, drafted),
      text: drafted.words?.text ?? null,
      ownWords: { subject: words.subject ?? null, opening: words.opening ?? null },
    };
  }

  /** The mail as it will read; 404 for what leaves on paper only, 422 for what cannot be written. */
  async page(key: ComingMessageKey): Promise<string> {
    const { draft } = await this.one(key);
    if (draft.channel !== 'email') throw notFound('document', key.stage);
    const refused = refusalOfDraft(draft);
    if (refused) throw new Problem('letterImpossible', { facts: { because: refused.code } });
    return pageOfDraft(draft);
  }

  /** The draft of a coming mail with words to try; undefined where no such message is planned, which the command then says better. */
  async draftWith(key: ComingMessageKey, words: OwnWords): Promise<MessageDraft | undefined> {
    return this.backend.plain(async (tx) => {
      const row = await this.cases.row(tx, key.creditorId, key.caseId);
      const planned = comingIn((await outlookOf(tx, this.backend.deps, row)).plan, key);
      return planned?.act === 'mail' ? draftMessage(tx, this.backend.deps, { ...key, slotAt: planned.at, words }) : undefined;
    });
  }

  private async one(key: ComingMessageKey): Promise<DraftedMessage> {
    const { creditorId, caseId, stage, round } = key;
    const { today, until } = await this.span(creditorId, ANY_DAY);
    const { items } = await this.backend.readModels.outgoing(creditorId, { today, until, caseId, stage: [stage], limit: 10 });
    const item = orNotFound(
      items.find((known) => known.round === round),
      'outgoingMessage',
      `${caseId}/${stage}/${round}`,
    );
    return this.backend.plain((tx) => this.drafted(tx, creditorId, item));
  }

  private async span(creditorId: string, days: number): Promise<{ today: ReturnType<typeof todayFor>; until: Instant }> {
    const creditor = orNotFound(await this.backend.plain((tx) => tx.creditors.one({ creditorId })), 'creditor', creditorId);
    const today = todayFor(creditor, this.backend.deps.clock);
    const now = nowFor(creditor, this.backend.deps.clock);
    const end = atTime(addDays(today, days + 1), '00:00', creditor.zone);
    return { today, until: end > now ? end : now };
  }

  private async drafted(tx: Tables, creditorId: string, item: OutgoingItem): Promise<DraftedMessage> {
    const { caseId, stage, round, at } = item;
    const draft = await draftMessage(tx, this.backend.deps, { creditorId, caseId, stage, round, slotAt: at });
    const refused = refusalOfDraft(draft);
    if (refused) return { item, draft, problem: `letter.${refused.code}` };
    const isUnreachable = draft.channel === 'email' && !draft.contact;
    return { item, draft, words: wordsOfDraft(draft), ...(isUnreachable ? { problem: 'contactMissing' } : {}) };
  }
}
