import type { Actor } from '#casework';
import { type InvoiceInput, invoiceInput } from '#intake';
import { Controller, Get, HttpCode, Inject, Post, Put, Req, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { type ApiRequest, By, IfMatch } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { Files, TakesFiles, type UploadedFile } from '../http/upload.js';
import { dayOf, defined } from '../http/wire.js';
import {
  creditAnswer,
  creditTarget,
  invoiceAnswer,
  invoicePage,
  invoiceQuery,
  invoiceTermsInput,
  lawInput,
  pdfsAnswer,
  putAnswer,
  putQuery,
} from './invoices.schemas.js';
import { CreditNotesService } from './credit-notes.service.js';
import { InvoiceSettingsService } from './invoice-settings.service.js';
import { InvoicesService } from './invoices.service.js';

@Controller('api/v1/creditors/:creditorId/invoices')
export class InvoicesController {
  constructor(
    @Inject(InvoicesService) private readonly invoices: InvoicesService,
    @Inject(CreditNotesService) private readonly creditNotes: CreditNotesService,
    @Inject(InvoiceSettingsService) private readonly settings: InvoiceSettingsService,
  ) {}

  @Put(':externalId')
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Enregistrer une facture par son identifiant chez le créancier\u202f; la corriger avec If-Match', answer: putAnswer })
  async put(
    @PathId('creditorId') creditorId: string,
    @PathId('externalId') externalId: string,
    @BodyOf(invoiceInput) input: InvoiceInput,
    @QueryOf(putQuery) query: z.output<typeof putQuery>,
    @IfMatch({ optional: true }) version: number | undefined,
    @By() by: Actor,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ) {
    const [id, policyVersion] = query.policy?.split('@') ?? [];
    const outcome = await this.invoices.put(
      creditorId,
      {
        externalId,
        input,
        raw: request.rawBody ?? Buffer.alloc(0),
        earlierStages: query.earlierStages?.split(',') ?? [],
        ...(id && policyVersion ? { policy: { id, version: Number(policyVersion) } } : {}),
        ...(version === undefined ? {} : { version }),
      },
      by,
    );
    const isNew =
      outcome.result === 'created' ||
      outcome.result === 'nothingDue' ||
      outcome.result === 'creditAllocated' ||
      outcome.result === 'creditParked';
    response.status(isNew ? 201 : 200);
    return outcome;
  }

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister et chercher les factures et avoirs', answer: invoicePage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(invoiceQuery) query: z.output<typeof invoiceQuery>) {
    const { issuedFrom, issuedTo, ...rest } = query;
    return this.invoices.list(creditorId, {
      ...defined(rest),
      ...(issuedFrom ? { issuedFrom: dayOf(issuedFrom) } : {}),
      ...(issuedTo ? { issuedTo: dayOf(issuedTo) } : {}),
    });
  }

  @Post('pdf')
  @HttpCode(200)
  @TakesFiles()
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Joindre des PDF de factures, reconnus par leur numéro', answer: pdfsAnswer, takesBytes: ['application/pdf'] })
  attachMany(@PathId('creditorId') creditorId: string, @Files() files: UploadedFile[], @By() by: Actor) {
    return this.invoices.attachByNumber(creditorId, files, by);
  }

  @Get(':invoiceId')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire une facture (identifiant interne, ou celui du créancier)', answer: invoiceAnswer })
  one(@PathId('creditorId') creditorId: string, @PathId('invoiceId') invoiceId: string) {
    return this.invoices.one(creditorId, invoiceId);
  }

  @Get(':invoiceId/original')
  @Allow(...ANYONE)
  @Story({ summary: 'Télécharger l’original tel que reçu', bytes: 'application/octet-stream' })
  original(@PathId('creditorId') creditorId: string, @PathId('invoiceId') invoiceId: string): Promise<StreamableFile> {
    return this.invoices.document(creditorId, invoiceId, 'original');
  }

  @Get(':invoiceId/pdf')
  @Allow(...ANYONE)
  @Story({ summary: 'Télécharger le PDF de la facture', bytes: 'application/pdf' })
  pdf(@PathId('creditorId') creditorId: string, @PathId('invoiceId') invoiceId: string): Promise<StreamableFile> {
    return this.invoices.document(creditorId, invoiceId, 'pdf');
  }

  @Post(':invoiceId/pdf')
  @HttpCode(200)
  @TakesFiles()
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Joindre le PDF d’une facture', answer: invoiceAnswer, takesBytes: ['application/pdf'] })
  attach(
    @PathId('creditorId') creditorId: string,
    @PathId('invoiceId') invoiceId: string,
    @Files() [file]: UploadedFile[],
    @By() by: Actor,
  ) {
    return this.invoices.attach(creditorId, invoiceId, file ?? { bytes: Buffer.alloc(0), fileName: '', mediaType: '' }, by);
  }

  @Post(':invoiceId/law')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Fixer la loi qui régit une facture, avec son motif (finance)', answer: invoiceAnswer })
  settleLaw(
    @PathId('creditorId') creditorId: string,
    @PathId('invoiceId') invoiceId: string,
    @BodyOf(lawInput) body: z.output<typeof lawInput>,
    @By() by: Actor,
  ) {
    return this.settings.settleLaw(creditorId, invoiceId, body, by);
  }

  @Post(':invoiceId/contract-terms')
  @HttpCode(200)
  @Allow('finance')
  @Story({ summary: 'Consigner ce que dit le contrat d’une facture (finance)', answer: invoiceAnswer })
  settleTerms(
    @PathId('creditorId') creditorId: string,
    @PathId('invoiceId') invoiceId: string,
    @BodyOf(invoiceTermsInput) body: z.output<typeof invoiceTermsInput>,
    @By() by: Actor,
  ) {
    return this.settings.settleTerms(creditorId, invoiceId, body.terms, by);
  }

  @Post(':creditNoteId/allocate')
  @HttpCode(200)
  @Allow('controller', 'finance')
  @Story({ summary: 'Affecter un avoir en attente à la facture qu’il diminue', answer: creditAnswer })
  allocate(
    @PathId('creditorId') creditorId: string,
    @PathId('creditNoteId') creditNoteId: string,
    @BodyOf(creditTarget) body: z.output<typeof creditTarget>,
    @By() by: Actor,
  ) {
    return this.creditNotes.allocate(creditorId, creditNoteId, body.invoiceId, by);
  }
}
