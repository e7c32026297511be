import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** An answer with a `version` carries it as its ETag: what `If-Match` asks for at the next edit. */
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (typeof answer === 'object' && answer !== null && 'version' in answer && typeof answer.version === 'number') {
          response.setHeader('ETag', `"${answer.version}"`);
        }
        return answer;
      }),
    );
  }
}
