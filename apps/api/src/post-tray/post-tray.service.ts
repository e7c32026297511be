import { type Actor, type HeldBack, heldBackLetters, type PostReportFacts, refusal, reportPost } from '#casework';
import type { PostTrayItem } from '#persistence';
import type { PostalAddress, PostItemRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { type OpenedFile, openFile } from '../communications/sealed-file.js';
import { orNotFound } from '../http/problem.js';
import { pageOf } from '../http/wire.js';
import type { postItemAnswer, postTrayAnswer, postTrayItem, postTrayQuery } from './post-tray.schemas.js';

@Injectable()
export class PostTrayService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: z.output<typeof postTrayQuery>): Promise<z.output<typeof postTrayAnswer>> {
    const page = await this.backend.readModels.postTray(creditorId, query);
    const held = await this.backend.plain((tx) => heldBackLetters(tx, creditorId, page.items));
    return pageOf(page, (item) => trayView(creditorId, item, held.get(item.postItemId) ?? null));
  }

  /** The letter to print; refused while what happened since forbids posting it. What has left can always be read. */
  async letter(creditorId: string, postItemId: string): Promise<OpenedFile> {
    const objectId = await this.backend.plain(async (tx) => {
      const item = orNotFound(await tx.postItems.one({ creditorId, postItemId }), 'postItem', postItemId);
      const held = (await heldBackLetters(tx, creditorId, [item])).get(postItemId);
      if (held) throw refusal('letterHeldBack', { because: held.code, sentence: held.sentence });
      return (await tx.messages.one({ creditorId, messageId: item.messageId }))?.letterObjectId ?? null;
    });
    return openFile(this.backend, creditorId, objectId, `lettre-${postItemId}`);
  }

  /** What became of the letter; the task to print it is done once it is posted. */
  async report(creditorId: string, postItemId: string, report: PostReportFacts, by: Actor): Promise<z.output<typeof postItemAnswer>> {
    const { deps } = this.backend;
    return this.backend.run(creditorId, async (tx) => itemView(await reportPost(tx, deps, creditorId, { postItemId }, report, by)));
  }
}

function itemView(item: PostItemRow): z.output<typeof postItemAnswer> {
  const { creditorId: _creditor, proofObjectId: _proof, createdAt: _made, ...rest } = item;
  const { postItemId, messageId, caseId, channel, service, state, trackingNumber, version } = rest;
  const { depositedOn, presentedOn, servedOn, updatedBy, updatedAt } = rest;
  return {
    postItemId,
    messageId,
    caseId,
    channel,
    service,
    state,
    trackingNumber,
    depositedOn,
    presentedOn,
    servedOn,
    updatedBy,
    updatedAt,
    version,
  };
}

function trayView(creditorId: string, item: PostTrayItem, heldBack: HeldBack | null): z.output<typeof postTrayItem> {
  const { act, subject, slotOn, invoiceNumber, letterSha256 } = item;
  return {
    ...itemView(item),
    ...{ act, subject, slotOn, invoiceNumber, letterSha256 },
    debtor: { debtorId: item.debtorId, name: item.debtorName, addressLines: linesOf(item.debtorAddress) },
    letter: item.letterObjectId ? letterPath(creditorId, item.postItemId) : null,
    heldBack,
  };
}

/** Where the letter of an item is. */
export function letterPath(creditorId: string, postItemId: string): string {
  return `/api/v1/creditors/${encodeURIComponent(creditorId)}/post-tray/${encodeURIComponent(postItemId)}/letter`;
}

function linesOf(address: PostalAddress | null): string[] {
  if (!address) return [];
  const town = [address.postcode, address.city].filter(Boolean).join(' ');
  return [...address.lines, ...(town ? [town] : []), address.country];
}
