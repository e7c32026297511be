import type { Actor } from '#casework';
import { Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { Problem } from '../http/problem.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { Files, TakesFiles, type UploadedFile } from '../http/upload.js';
import { defined } from '../http/wire.js';
import { commitInput, importAnswer, importListQuery, importPage, importQuery, importRowPage, importRowsQuery } from './imports.schemas.js';
import { ImportsService } from './imports.service.js';

@Controller('api/v1/creditors/:creditorId/imports')
export class ImportsController {
  constructor(@Inject(ImportsService) private readonly imports: ImportsService) {}

  @Post()
  @TakesFiles()
  @Allow('controller', 'finance', 'integrator')
  @Story({
    summary: 'Lire un fichier et montrer ce qu’il ferait (UBL, CII, Factur-X, CSV, JSON)',
    answer: importAnswer,
    status: 201,
    takesBytes: ['application/xml', 'application/pdf', 'text/csv', 'application/octet-stream'],
  })
  async preview(
    @PathId('creditorId') creditorId: string,
    @QueryOf(importQuery) query: z.output<typeof importQuery>,
    @Files() files: UploadedFile[],
    @By() by: Actor,
    @Res({ passthrough: true }) response: Response,
  ) {
    const [file] = files;
    if (!file || files.length > 1) throw new Problem('uploadInvalid', { field: 'file', detail: 'Un seul fichier par import.' });
    const { isNew, answer } = await this.imports.preview(creditorId, query.kind ?? 'invoices', file, by);
    response
      .status(isNew ? 201 : 200)
      .setHeader('Location', `/api/v1/creditors/${encodeURIComponent(creditorId)}/imports/${answer.importId}`);
    return answer;
  }

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Lister les imports', answer: importPage })
  list(@PathId('creditorId') creditorId: string, @QueryOf(importListQuery) query: z.output<typeof importListQuery>) {
    return this.imports.list(creditorId, defined(query));
  }

  @Get(':importId')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire un import\u202f: totaux de contrôle et avancement', answer: importAnswer })
  one(@PathId('creditorId') creditorId: string, @PathId('importId') importId: string) {
    return this.imports.one(creditorId, importId);
  }

  @Get(':importId/rows')
  @Allow(...ANYONE)
  @Story({ summary: 'Lire les lignes d’un import, les refusées comme les autres', answer: importRowPage })
  rows(
    @PathId('creditorId') creditorId: string,
    @PathId('importId') importId: string,
    @QueryOf(importRowsQuery) query: z.output<typeof importRowsQuery>,
  ) {
    return this.imports.rows(creditorId, importId, defined(query));
  }

  @Post(':importId/commit')
  @Allow('controller', 'finance', 'integrator')
  @Story({ summary: 'Enregistrer les lignes d’un import (202\u202f: en cours)', answer: importAnswer, repeatable: true })
  async commit(
    @PathId('creditorId') creditorId: string,
    @PathId('importId') importId: string,
    @BodyOf(commitInput) body: z.output<typeof commitInput>,
    @By() by: Actor,
    @Res({ passthrough: true }) response: Response,
  ) {
    const answer = await this.imports.commit(creditorId, importId, body.onlyGoodRows ?? false, by);
    response.status(answer.state === 'committed' ? 200 : 202);
    return answer;
  }
}
