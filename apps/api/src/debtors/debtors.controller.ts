import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { By, IfMatch } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { defined } from '../http/wire.js';
import {
  contactAnswer,
  type ContactInput,
  contactInput,
  contactPatch,
  debtorAnswer,
  debtorPage,
  debtorPatch,
  debtorQuery,
  kindInput,
} from './debtors.schemas.js';
import { DebtorsService } from './debtors.service.js';

@Controller('api/v1/creditors/:creditorId/debtors')
export class DebtorsController {
  constructor(@Inject(DebtorsService) private readonly debtors: DebtorsService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister et chercher les débiteurs', answer: debtorPage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(debtorQuery) query: z.output<typeof debtorQuery>) {
    return this.debtors.list(creditorId, defined(query));
  }

  @Get(':debtorId')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire un débiteur et ses contacts', answer: debtorAnswer })
  one(@PathId('creditorId') creditorId: string, @PathId('debtorId') debtorId: string) {
    return this.debtors.one(creditorId, debtorId);
  }

  @Patch(':debtorId')
  @Allow('controller', 'finance')
  @Story({ summary: 'Corriger le nom, l’adresse, la langue ou la politique d’un débiteur', answer: debtorAnswer })
  change(
    @PathId('creditorId') creditorId: string,
    @PathId('debtorId') debtorId: string,
    @BodyOf(debtorPatch) body: z.output<typeof debtorPatch>,
    @IfMatch() version: number,
    @By() by: Actor,
  ) {
    return this.debtors.change(creditorId, debtorId, body, version, by);
  }

  @Post(':debtorId/kind')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Décider de la qualité d’un débiteur', answer: debtorAnswer })
  decideKind(
    @PathId('creditorId') creditorId: string,
    @PathId('debtorId') debtorId: string,
    @BodyOf(kindInput) body: z.output<typeof kindInput>,
    @IfMatch({ optional: true }) version: number | undefined,
    @By() by: Actor,
  ) {
    return this.debtors.decideKind(creditorId, debtorId, body.kind, version, by);
  }

  @Post(':debtorId/contacts')
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Ajouter un contact', answer: contactAnswer, status: 201 })
  addContact(
    @PathId('creditorId') creditorId: string,
    @PathId('debtorId') debtorId: string,
    @BodyOf(contactInput) body: ContactInput,
    @By() by: Actor,
  ) {
    return this.debtors.addContact(creditorId, debtorId, body, by);
  }

  @Patch(':debtorId/contacts/:contactId')
  @Allow('controller', 'finance')
  @Story({ summary: 'Dire qu’un contact est, ou n’est pas, utilisable', answer: contactAnswer })
  judgeContact(
    @PathId('creditorId') creditorId: string,
    @PathId('debtorId') debtorId: string,
    @PathId('contactId') contactId: string,
    @BodyOf(contactPatch) body: z.output<typeof contactPatch>,
    @IfMatch() version: number,
    @By() by: Actor,
  ) {
    return this.debtors.judgeContact(creditorId, debtorId, contactId, body, version, by);
  }
}
