import type { ApiKeyRow } from '#ports';
import { Body, Param, Query, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import { CheckPipe } from './check.pipe.js';

export type Role = ApiKeyRow['role'];

/** Every role: for what may be read. */
export const ANYONE: readonly Role[] = ['controller', 'finance', 'auditor', 'integrator', 'operator'];

export const ALLOWED_ROLES = Symbol('roles allowed on a route');
export const OPEN_REASON = Symbol('why a route is open');
export const ROUTE_STORY = Symbol('what a route does and answers');
export const ROUTE_INPUTS = Symbol('schemas of what a route takes');

/** Roles that may call the route. A route without `Allow` or `Open` is refused to everybody. */
export const Allow = (...roles: readonly Role[]): MethodDecorator => SetMetadata(ALLOWED_ROLES, roles);

/** A route without key, and why that is right. */
export const Open = (reason: string): MethodDecorator & ClassDecorator => SetMetadata(OPEN_REASON, reason);

export interface RouteStory {
  /** French, for the documentation. */
  readonly summary: string;
  /** Schema of the answer's body; absent for bytes and empty answers. */
  readonly answer?: z.ZodType;
  /** 200 unless told. */
  readonly status?: number;
  /** Media type of an answer that is bytes. */
  readonly bytes?: string;
  /** The answer shows a secret once: it is never kept for a repetition of the command. */
  readonly showsSecret?: boolean;
  /** Doing it again is the same by nature, in several transactions: of its idempotency key only the answer is kept. */
  readonly repeatable?: true;
  /** Media types of a body that is bytes. */
  readonly takesBytes?: readonly string[];
}

/** What the documentation says of a route. */
export const Story = (story: RouteStory): MethodDecorator => SetMetadata(ROUTE_STORY, story);

export interface RouteInputs {
  body?: z.ZodType;
  query?: z.ZodType;
}

function noteInput(target: object, method: string | symbol | undefined, where: keyof RouteInputs, schema: z.ZodType): void {
  if (method === undefined) throw new TypeError('A constructor takes no request');
  const handler = (target as Record<string | symbol, object>)[method];
  if (!handler) throw new TypeError('A route is a method');
  const known = (Reflect.getMetadata(ROUTE_INPUTS, handler) ?? {}) as RouteInputs;
  Reflect.defineMetadata(ROUTE_INPUTS, { ...known, [where]: schema }, handler);
}

/** The body, checked by its schema; the same schema documents it. */
export function BodyOf(schema: z.ZodType): ParameterDecorator {
  return (target, method, index) => {
    noteInput(target, method, 'body', schema);
    Body(new CheckPipe(schema, 'body'))(target, method, index);
  };
}

/** The query string, checked by its schema; the same schema documents it. */
export function QueryOf(schema: z.ZodType): ParameterDecorator {
  return (target, method, index) => {
    noteInput(target, method, 'query', schema);
    Query(new CheckPipe(schema, 'query'))(target, method, index);
  };
}

/** A value of the path; the guard has seen that it is printable and short. */
export const PathId = (name: string): ParameterDecorator => Param(name);
