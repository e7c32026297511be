import type { Type } from '@nestjs/common';
import { BrakesController } from './brakes.controller.js';
import { BrakesService } from './brakes.service.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DeadLettersService } from './dead-letters.service.js';
import { OperationsController } from './operations.controller.js';
import { OperationsService } from './operations.service.js';

/** Controllers of what staff and operators see of the machine: summary and lists, brakes, dead letters, reconciler, metrics. */
export const OPERATION_CONTROLLERS: readonly Type[] = [OperationsController, BrakesController, DeadLettersController];

/** Their services. */
export const OPERATION_SERVICES: readonly Type[] = [OperationsService, BrakesService, DeadLettersService];
