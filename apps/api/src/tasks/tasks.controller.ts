import type { Actor } from '#casework';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { because } from '../cases/case-commands.service.js';
import { By } from '../http/request-context.js';
import { Allow, ANYONE, BodyOf, PathId, QueryOf, Story } from '../http/route-decorators.js';
import { taskAnswer, taskDoneBody, tasksAnswer, tasksQuery } from './tasks.schemas.js';
import { TasksService } from './tasks.service.js';

@Controller('api/v1/creditors/:creditorId/tasks')
export class TasksController {
  constructor(@Inject(TasksService) private readonly tasks: TasksService) {}

  @Get()
  @Allow(...ANYONE)
  @Story({ summary: 'Ce qui est demandé aux personnes', answer: tasksAnswer })
  list(
    @PathId('creditorId') creditorId: string,
    @QueryOf(tasksQuery) query: z.output<typeof tasksQuery>,
  ): Promise<z.output<typeof tasksAnswer>> {
    return this.tasks.list(creditorId, query);
  }

  @Post(':taskId/done')
  @HttpCode(200)
  @Allow('controller', 'finance', 'operator')
  @Story({ summary: 'Terminer une tâche', answer: taskAnswer })
  done(
    @PathId('creditorId') creditorId: string,
    @PathId('taskId') taskId: string,
    @BodyOf(taskDoneBody) body: z.output<typeof taskDoneBody>,
    @By() by: Actor,
  ): Promise<z.output<typeof taskAnswer>> {
    return this.tasks.done(creditorId, taskId, because(by, body.note));
  }
}
