import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { dryRunQuery } from '../cases/case-commands.schemas.js';
import { because } from '../cases/case-commands.service.js';
import { PREVIEW_POLICY } from '../communications/mail-preview.js';
import { Problem } from '../http/problem.js';
import { By, IfMatch } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf, defined } from '../http/wire.js';
import {
  messageCancelBody,
  messageHoldBody,
  messageReleaseBody,
  messageWordsBody,
  outgoingAfter,
  outgoingAnswer,
  outgoingDetail,
  outgoingQuery,
} from './outgoing.schemas.js';
import { type OutgoingCommand, OutgoingCommandsService } from './outgoing-commands.service.js';
import { OutgoingService } from './outgoing.service.js';

type After = z.output<typeof outgoingAfter>;
type DryRun = z.output<typeof dryRunQuery>;

/** The outbox for people: what will leave, and what may still be done about it until it does. */
@Controller('api/v1/creditors/:creditorId/outgoing-messages')
export class OutgoingController {
  constructor(
    @Inject(OutgoingService) private readonly outgoing: OutgoingService,
    @Inject(OutgoingCommandsService) private readonly commands: OutgoingCommandsService,
  ) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui va partir\u202f: messages et lettres des prochains jours', answer: outgoingAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(outgoingQuery) query: z.output<typeof outgoingQuery>,
  ): Promise<z.output<typeof outgoingAnswer>> {
    return this.outgoing.list(creditorId, query);
  }

  @Get(':caseId/:stage/:round')
  @Allow(...ANYONE)
  @Story({ summary: 'Un message à venir et son texte exact', answer: outgoingDetail })
  detail(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
  ): Promise<z.output<typeof outgoingDetail>> {
    return this.outgoing.detail({ creditorId, caseId, stage, round: roundOf(round, stage) });
  }

  @Get(':caseId/:stage/:round/preview')
  @Allow(...ANYONE)
  @Story({ summary: 'Le courriel à venir, tel qu’il se lira', bytes: 'text/html' })
  async preview(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const html = await this.outgoing.page({ creditorId, caseId, stage, round: roundOf(round, stage) });
    response.type('text/html; charset=utf-8').setHeader('Content-Security-Policy', PREVIEW_POLICY);
    response.setHeader('Cache-Control', 'private, no-store');
    return html;
  }

  @Post(':caseId/:stage/:round/hold')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Retenir un message à venir jusqu’à un jour\u202f; il part ensuite seul', answer: outgoingAfter })
  hold(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
    @BodyOf(messageHoldBody) body: z.output<typeof messageHoldBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<After> {
    const command = commandOf({ creditorId, caseId, stage, round }, query, ifMatch, because(by, body.note));
    return this.commands.hold(command, { until: dayOf(body.until), reason: body.reason });
  }

  @Post(':caseId/:stage/:round/release')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Ne plus retenir un message', answer: outgoingAfter })
  release(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
    @BodyOf(messageReleaseBody) body: z.output<typeof messageReleaseBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<After> {
    return this.commands.release(commandOf({ creditorId, caseId, stage, round }, query, ifMatch, because(by, body.note)));
  }

  @Post(':caseId/:stage/:round/cancel')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Annuler un message à venir\u202f; l’échelle continue (mise en demeure\u202f: finance)', answer: outgoingAfter })
  cancel(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
    @BodyOf(messageCancelBody) body: z.output<typeof messageCancelBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<After> {
    return this.commands.cancel(commandOf({ creditorId, caseId, stage, round }, query, ifMatch, because(by, body.note)), body.reason);
  }

  @Post(':caseId/:stage/:round/words')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Écrire l’objet et le premier paragraphe d’un message à venir', answer: outgoingAfter })
  words(
    @PathId('creditorId') creditorId: string,
    @PathId('caseId') caseId: string,
    @PathId('stage') stage: string,
    @PathId('round') round: string,
    @BodyOf(messageWordsBody) body: z.output<typeof messageWordsBody>,
    @QueryOf(dryRunQuery) query: DryRun,
    @IfMatch({ optional: true }) ifMatch: number | undefined,
    @By() by: Actor,
  ): Promise<After> {
    const command = commandOf({ creditorId, caseId, stage, round }, query, ifMatch, because(by, body.note));
    return this.commands.words(command, defined({ subject: body.subject, opening: body.opening }));
  }
}

interface InPath {
  readonly creditorId: string;
  readonly caseId: string;
  readonly stage: string;
  readonly round: string;
}

function commandOf({ round, ...path }: InPath, { dryRun = false }: DryRun, ifMatch: number | undefined, by: Actor): OutgoingCommand {
  return { ...path, round: roundOf(round, path.stage), dryRun, by, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

function roundOf(text: string, stage: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Problem('outgoingMessageNotFound', { facts: { id: `${stage}/${text}` } });
  return Number(text);
}
