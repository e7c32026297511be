import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../api.module.js';
import { openApiDocument, routeTable } from './open-api.js';
import { REQUEST_EXAMPLES } from './request-examples.js';

const file = fileURLToPath(new URL('../../openapi.json', import.meta.url));
const routes = routeTable(CONTROLLERS);

describe('the route table', () => {
  it('API5: every route names its roles, or says why it is open', () => {
    expect(routes.filter((route) => !route.roles?.length === !route.openBecause).map((route) => route.operationId)).toEqual([]);
    expect(routes.filter((route) => route.openBecause).every((route) => /^\/(health|webhooks)(\/|$)/.test(route.path))).toBe(true);
  });

  it('lets no auditor write', () => {
    expect(routes.filter((route) => route.method !== 'get' && route.roles?.includes('auditor')).map((route) => route.operationId)).toEqual(
      [],
    );
  });

  it('lets every reader of the installation see the creditor in the path only', () => {
    const scoped = routes.filter((route) => route.roles && !route.path.startsWith('/api/v1/creditors/:creditorId'));
    const ofOperators = scoped.filter((route) => route.path.startsWith('/api/v1/operations/'));
    expect(
      scoped
        .filter((route) => !ofOperators.includes(route))
        .map((route) => `${route.method} ${route.path}`)
        .sort(),
    ).toEqual(['get /api/v1/creditors', 'post /api/v1/creditors']);
    // These show the key's own creditor only; test/e2e/operations reads each with a key of another one.
    expect(ofOperators.map((route) => `${route.method} ${route.path.slice('/api/v1/operations/'.length)}`).sort()).toEqual([
      'get brakes',
      'get crossed-messages',
      'get dead-letters',
      'get findings',
      'get late-rungs',
      'get metrics',
      'get statute-findings',
      'get summary',
      'get uncertain-messages',
      'post brakes',
      'post brakes/:brakeId/release',
      'post dead-letters/:deadLetterId/dismiss',
      'post dead-letters/:deadLetterId/retry',
      'post reconcile',
    ]);
  });

  it('says in French what each route does, and what it answers', () => {
    for (const route of routes) {
      expect(route.story?.summary, route.operationId).toMatch(/^[A-ZÀ-Ý]/);
      const isSilent = route.story?.status === 204 || route.story?.bytes !== undefined;
      expect(isSilent || route.story?.answer !== undefined, route.operationId).toBe(true);
    }
  });
});

describe('the examples of Swagger UI', () => {
  it.each(Object.entries(REQUEST_EXAMPLES))('%s can be sent as it stands', (operationId, example) => {
    const body = routes.find((route) => route.operationId === operationId)?.inputs.body;
    expect(body?.safeParse(example)).toMatchObject({ success: true });
  });
});

describe('openapi.json', () => {
  it('is what the routes and their schemas say (UPDATE_OPENAPI=1 writes it)', () => {
    const text = `${JSON.stringify(openApiDocument(CONTROLLERS), null, 2)}\n`;
    if (process.env['UPDATE_OPENAPI'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8') === text, 'openapi.json is behind the routes: run with UPDATE_OPENAPI=1').toBe(true);
  });

  it('is OpenAPI 3.1 whose references all lead somewhere', () => {
    const document = openApiDocument(CONTROLLERS);
    expect(document.openapi).toBe('3.1.0');
    const wanted = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(wanted.filter((name) => !(name in (document.components['schemas'] ?? {})))).toEqual([]);
  });
});
