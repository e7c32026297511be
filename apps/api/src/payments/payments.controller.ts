import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { dayOf, defined } from '../http/wire.js';
import {
  allocateInput,
  paymentAnswer,
  type PaymentInput,
  paymentInput,
  paymentPage,
  paymentQuery,
  reasonInput,
  reverseInput,
} from './payments.schemas.js';
import { PaymentsService } from './payments.service.js';

@Controller('api/v1/creditors/:creditorId/payments')
export class PaymentsController {
  constructor(@Inject(PaymentsService) private readonly payments: PaymentsService) {}

  @Post()
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Enregistrer un paiement reçu', answer: paymentAnswer, status: 201 })
  async record(
    @PathId('creditorId') creditorId: string,
    @BodyOf(paymentInput) body: PaymentInput,
    @By() by: Actor,
    @Res({ passthrough: true }) response: Response,
  ) {
    const answer = await this.payments.record(creditorId, body, by);
    response.status(answer.result === 'duplicate' ? 200 : 201);
    return answer;
  }

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister et chercher les paiements', answer: paymentPage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(paymentQuery) query: z.output<typeof paymentQuery>) {
    const { paidFrom, paidTo, ...rest } = query;
    return this.payments.list(creditorId, {
      ...defined(rest),
      ...(paidFrom ? { paidFrom: dayOf(paidFrom) } : {}),
      ...(paidTo ? { paidTo: dayOf(paidTo) } : {}),
    });
  }

  @Get(':paymentId')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire un paiement et ses affectations', answer: paymentAnswer })
  one(@PathId('creditorId') creditorId: string, @PathId('paymentId') paymentId: string) {
    return this.payments.one(creditorId, paymentId);
  }

  @Post(':paymentId/allocate')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Affecter un paiement en attente', answer: paymentAnswer })
  allocate(
    @PathId('creditorId') creditorId: string,
    @PathId('paymentId') paymentId: string,
    @BodyOf(allocateInput) body: z.output<typeof allocateInput>,
    @By() by: Actor,
  ) {
    return this.payments.allocate(creditorId, paymentId, { caseId: body.caseId, invoiceId: body.invoiceId }, by);
  }

  @Post(':paymentId/return')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Rendre à son payeur un paiement en attente', answer: paymentAnswer })
  giveBack(
    @PathId('creditorId') creditorId: string,
    @PathId('paymentId') paymentId: string,
    @BodyOf(reasonInput) _body: z.output<typeof reasonInput>,
    @By() by: Actor,
  ) {
    return this.payments.giveBack(creditorId, paymentId, by);
  }

  @Post(':paymentId/reverse')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Annuler un paiement rejeté ou remboursé\u202f; le dossier soldé est rouvert', answer: paymentAnswer })
  reverse(
    @PathId('creditorId') creditorId: string,
    @PathId('paymentId') paymentId: string,
    @BodyOf(reverseInput) body: z.output<typeof reverseInput>,
    @By() by: Actor,
  ) {
    return this.payments.reverse(creditorId, paymentId, body.on, by);
  }
}
