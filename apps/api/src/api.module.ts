import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { Backend } from './backend.js';
import { CASE_CONTROLLERS, CASE_SERVICES } from './case-nouns.js';
import { HealthController } from './health/health.controller.js';
import { AuthGuard } from './http/auth.guard.js';
import { EtagInterceptor } from './http/etag.interceptor.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { ProblemFilter } from './http/problem.filter.js';
import { OPERATION_CONTROLLERS, OPERATION_SERVICES } from './operations/operation-nouns.js';
import { PARTY_CONTROLLERS, PARTY_SERVICES } from './party-nouns.js';

/** Every controller, in the order of the documentation. */
export const CONTROLLERS = [...PARTY_CONTROLLERS, ...CASE_CONTROLLERS, ...OPERATION_CONTROLLERS, HealthController];

/** The REST API over a backend that is open already. */
@Module({})
export class ApiModule {
  static of(backend: Backend): DynamicModule {
    return {
      module: ApiModule,
      controllers: CONTROLLERS,
      providers: [
        { provide: Backend, useValue: backend },
        ...PARTY_SERVICES,
        ...CASE_SERVICES,
        ...OPERATION_SERVICES,
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(backend.logger) },
        { provide: APP_GUARD, useFactory: (reflector: Reflector) => new AuthGuard(reflector, backend), inject: [Reflector] },
        { provide: APP_INTERCEPTOR, useFactory: () => new IdempotencyInterceptor(backend) },
        { provide: APP_INTERCEPTOR, useFactory: () => new EtagInterceptor() },
      ],
    };
  }
}
