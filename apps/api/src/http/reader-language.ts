import type { Request } from 'express';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Languages that sentences are given in; the first is used when nothing is asked for. */
export const READER_LANGUAGES = ['fr', 'nl', 'en'] as const;
export type ReaderLanguage = (typeof READER_LANGUAGES)[number];

/** What `Accept-Language` prefers among ours; French when it names none. */
export const AcceptedLanguage = createParamDecorator((_data: unknown, context: ExecutionContext): ReaderLanguage => {
  const found = context
    .switchToHttp()
    .getRequest<Request>()
    .acceptsLanguages([...READER_LANGUAGES]);
  return READER_LANGUAGES.find((language) => language === found) ?? 'fr';
});
