import { RequestMethod, type Type } from '@nestjs/common';
import { z } from 'zod';
import { PROBLEMS } from './problem-catalog.js';
import { REQUEST_EXAMPLES } from './request-examples.js';
import { ALLOWED_ROLES, OPEN_REASON, ROUTE_INPUTS, ROUTE_STORY, type Role, type RouteInputs, type RouteStory } from './route-decorators.js';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { title: string; version: string; description: string };
  readonly servers: { url: string }[];
  readonly security: Record<string, string[]>[];
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: Record<string, Record<string, unknown>>;
}

/** One route as its decorators describe it. */
export interface RouteEntry {
  readonly method: string;
  /** With `:name` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly roles?: readonly Role[];
  readonly openBecause?: string;
  readonly story?: RouteStory;
  readonly inputs: RouteInputs;
}

/** The table of all routes, read from the controllers themselves. */
export function routeTable(controllers: readonly Type[]): RouteEntry[] {
  return controllers.flatMap((controller) => {
    const base = [Reflect.getMetadata('path', controller) as string | string[]].flat()[0] ?? '';
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || name === 'constructor') return [];
      const path = Reflect.getMetadata('path', handler) as string | string[] | undefined;
      if (path === undefined) return [];
      const method =
        RequestMethod[(Reflect.getMetadata('method', handler) as RequestMethod | undefined) ?? RequestMethod.GET].toLowerCase();
      const tag = controller.name.replace(/Controller$/, '');
      const roles = (Reflect.getMetadata(ALLOWED_ROLES, handler) ?? Reflect.getMetadata(ALLOWED_ROLES, controller)) as
        | readonly Role[]
        | undefined;
      const open = (Reflect.getMetadata(OPEN_REASON, handler) ?? Reflect.getMetadata(OPEN_REASON, controller)) as string | undefined;
      const story = Reflect.getMetadata(ROUTE_STORY, handler) as RouteStory | undefined;
      return [
        {
          method,
          path: `/${base}/${[path].flat()[0] ?? ''}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
          operationId: `${tag.charAt(0).toLowerCase()}${tag.slice(1)}.${name}`,
          tag,
          ...(roles ? { roles } : {}),
          ...(open ? { openBecause: open } : {}),
          ...(story ? { story } : {}),
          inputs: (Reflect.getMetadata(ROUTE_INPUTS, handler) ?? {}) as RouteInputs,
        },
      ];
    });
  });
}

/** The OpenAPI 3.1 document: the same zod schemas that check the requests. */
export function openApiDocument(controllers: readonly Type[]): OpenApiDocument {
  const schemas: Record<string, unknown> = { Problem: PROBLEM_SCHEMA };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routeTable(controllers)) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Relance',
      version: '1',
      description:
        'Recouvrement amiable des factures impayées. Montants en texte décimal avec leur devise, jours AAAA-MM-JJ, instants UTC.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'rk_…', description: 'Clé d’accès, montrée une fois à sa création.' },
      },
    },
  };
}

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'Problème au format RFC 9457.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: [...PROBLEMS.keys()] },
    detail: { type: 'string' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    staffCanAct: { type: 'boolean' },
    article: { type: 'string', description: 'Article de loi qui est le motif du refus.' },
    supply: { type: 'string', description: 'Ce qu’il faut fournir.' },
    facts: { type: 'object' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
};

function operation(route: RouteEntry, schemas: Record<string, unknown>): Record<string, unknown> {
  const { story, inputs } = route;
  const status = String(story?.status ?? 200);
  const content = story?.answer
    ? { content: { 'application/json': { schema: schemaOf(story.answer, 'output', schemas) } } }
    : story?.bytes
      ? { content: { [story.bytes]: { schema: { type: 'string', format: 'binary' } } } }
      : {};
  const body = requestBody(route, schemas);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: story?.summary ?? route.operationId,
    ...(route.roles ? { description: `Rôles\u202f: ${route.roles.join(', ')}.` } : {}),
    ...(route.openBecause ? { security: [] } : {}),
    parameters: [...pathParameters(route.path), ...queryParameters(inputs.query, schemas), ...headerParameters(route)],
    ...(body ? { requestBody: body } : {}),
    responses: {
      [status]: { description: 'Fait.', ...content },
      default: { description: 'Problème.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function requestBody(
  { operationId, inputs, story, openBecause }: RouteEntry,
  schemas: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if (inputs.body) {
    const example = REQUEST_EXAMPLES[operationId];
    const schema = schemaOf(inputs.body, 'input', schemas);
    return { required: true, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
  }
  if (!story?.takesBytes) return undefined;
  const file = { type: 'object', properties: { file: { type: 'string', format: 'binary' } } };
  const raw = story.takesBytes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]);
  // A webhook is its own bytes, never a form.
  const form = openBecause ? {} : { 'multipart/form-data': { schema: file } };
  return { required: true, content: { ...form, ...Object.fromEntries(raw) } };
}

function pathParameters(path: string): Record<string, unknown>[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: z.ZodType | undefined, schemas: Record<string, unknown>): Record<string, unknown>[] {
  if (!query) return [];
  const shape = inlineSchema(query, 'input', schemas) as { properties?: Record<string, { description?: string }>; required?: string[] };
  return Object.entries(shape.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: shape.required?.includes(name) ?? false,
    ...(schema.description ? { description: schema.description } : {}),
    schema,
  }));
}

const FILE_NAME =
  'Nom du fichier quand le corps est le fichier lui-même, en UTF-8\u202f; il est montré et conservé. Un formulaire porte le nom dans sa partie «\u202ffile\u202f».';

function headerParameters({ method, openBecause, story }: RouteEntry): Record<string, unknown>[] {
  if (openBecause || method === 'get') return [];
  const header = (name: string, description: string) => ({ name, in: 'header', required: false, description, schema: { type: 'string' } });
  return [
    ...(method === 'post' ? [header('Idempotency-Key', 'La même clé et le même corps redonnent la première réponse.')] : []),
    ...(method === 'post' ? [] : [header('If-Match', 'Version lue, par exemple "3".')]),
    header('X-Reason', 'Motif, écrit au journal.'),
    ...(story?.takesBytes ? [header('X-File-Name', FILE_NAME)] : []),
  ];
}

/** The JSON Schema of a zod schema; named ones go to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const id = schema.meta()?.id;
  const inline = inlineSchema(schema, io, schemas);
  // A named schema comes back as a reference to itself, its body among the definitions that were kept already.
  if (!id || (typeof inline === 'object' && inline !== null && '$ref' in inline)) return inline;
  keep(schemas, id, inline);
  return { $ref: `#/components/schemas/${id}` };
}

function inlineSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  const {
    $defs,
    $schema: _dialect,
    id: _id,
    ...body
  } = made as Record<string, unknown> & { $defs?: Record<string, Record<string, unknown>> };
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _name, ...rest } = definition;
    keep(schemas, name, relocate(rest));
  }
  return relocate(body);
}

function keep(schemas: Record<string, unknown>, id: string, schema: unknown): void {
  const known = schemas[id];
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`Two schemas have the id ${id}`);
  schemas[id] = schema;
}

function relocate(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
