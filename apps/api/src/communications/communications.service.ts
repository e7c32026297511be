import { type Actor, decideByPerson, readSum, refusal } from '#casework';
import type { CommunicationListItem } from '#persistence';
import type { OutboundMessageRow, Tables } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { notFound, orNotFound } from '../http/problem.js';
import { amountOf, pageOf } from '../http/wire.js';
import type { communicationDetail, communicationsAnswer, communicationsQuery, communicationSummary } from './communications.schemas.js';
import { mailPreview } from './mail-preview.js';
import { type OpenedFile, openFile } from './sealed-file.js';

type Detail = z.output<typeof communicationDetail>;

@Injectable()
export class CommunicationsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof communicationsQuery>): Promise<z.output<typeof communicationsAnswer>> {
    return pageOf(await this.backend.readModels.communications(creditorId, query), summaryOf);
  }

  async detail(creditorId: string, messageId: string): Promise<Detail> {
    return this.backend.plain(async (tx) => this.compose(tx, await this.row(tx, creditorId, messageId)));
  }

  async bytes(creditorId: string, messageId: string): Promise<OpenedFile> {
    const message = await this.backend.plain((tx) => this.row(tx, creditorId, messageId));
    const file = await openFile(this.backend, creditorId, message.bytesObjectId, `${message.act}-${messageId}.json`);
    return { ...file, mediaType: 'application/json' };
  }

  async letter(creditorId: string, messageId: string): Promise<OpenedFile> {
    const message = await this.backend.plain((tx) => this.row(tx, creditorId, messageId));
    return openFile(this.backend, creditorId, message.letterObjectId, `${message.act}-${messageId}`);
  }

  async preview(creditorId: string, messageId: string): Promise<string> {
    const message = await this.backend.plain((tx) => this.row(tx, creditorId, messageId));
    if (message.channel !== 'email') throw notFound('document', messageId);
    const { bytes } = await openFile(this.backend, creditorId, message.bytesObjectId, messageId);
    return mailPreview(bytes);
  }

  async decide(creditorId: string, messageId: string, verdict: 'sent' | 'notSent', by: Actor): Promise<Detail> {
    return this.backend.run(creditorId, async (tx) => {
      const { state } = await this.row(tx, creditorId, messageId);
      if (state !== 'UNKNOWN' && state !== 'HUMAN') throw refusal('messageNotUncertain', { state });
      await decideByPerson(tx, this.backend.deps, creditorId, messageId, verdict, by);
      return this.compose(tx, await this.row(tx, creditorId, messageId));
    });
  }

  private async row(tx: Tables, creditorId: string, messageId: string): Promise<OutboundMessageRow> {
    return orNotFound(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
  }

  private async compose(tx: Tables, message: OutboundMessageRow): Promise<Detail> {
    const { creditorId, messageId } = message;
    const debtor = await tx.debtors.one({ creditorId, debtorId: message.debtorId });
    const links = await tx.messageCases.all({ creditorId, messageId });
    const events = await tx.deliveryEvents.all({ creditorId, messageId }, { by: 'at', limit: 200 });
    const base = `/api/v1/creditors/${encodeURIComponent(creditorId)}/communications/${encodeURIComponent(messageId)}`;
    return {
      ...summaryOf({
        ...message,
        debtorName: debtor?.name ?? '',
        caseIds: [...new Set(links.map(({ caseId }) => caseId))],
        asks: message.statement?.['asks'],
      }),
      statement: message.statement,
      events: events.map(({ eventId, provider, kind, at, recordedAt }) => ({ eventId, provider, kind, at, recordedAt })),
      links: {
        bytes: message.bytesObjectId ? `${base}/bytes` : null,
        letter: message.letterObjectId ? `${base}/letter` : null,
        preview: message.bytesObjectId && message.channel === 'email' ? `${base}/preview` : null,
      },
    };
  }
}

function summaryOf(row: CommunicationListItem): z.output<typeof communicationSummary> {
  const { messageId, purpose, act, channel, state, debtorId, debtorName, caseIds, stage, round, slotOn, revision, basis } = row;
  const { recipient, language, template, subject, bytesSha256, letterSha256, claimedAt, acceptedAt, decidedAt } = row;
  const { providerMessageId, providerWords, crossedWithPayment, createdAt } = row;
  const asked = readSum(row.asks);
  return {
    ...{ messageId, purpose, act, channel, state, debtorId, debtorName, caseIds, stage, round, slotOn, revision, basis },
    ...{ recipient, language, template, subject, bytesSha256, letterSha256, claimedAt, acceptedAt, decidedAt },
    ...{ providerMessageId, providerWords, crossedWithPayment, createdAt },
    asks: asked ? amountOf(asked.amountMinor, asked.currency) : null,
  };
}
