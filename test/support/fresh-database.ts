import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Name of the migrated database that every test file copies. */
export const TEMPLATE_DATABASE = 'relance_template';

async function administer(base: string, statement: string): Promise<void> {
  const client = new pg.Client(base);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Copies the migrated template for one test file and returns its connection string.
 * `base` is `inject('pgBase')`, the administrative database of the run's server.
 */
export async function freshDatabase(base: string): Promise<string> {
  const name = `t${randomUUID().replaceAll('-', '')}`;
  await administer(base, `create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
  return base.replace(/\/postgres$/, `/${name}`);
}

/** Drops a database made by `freshDatabase`, ending the sessions that are still open on it. */
export async function dropDatabase(base: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await administer(base, `drop database if exists ${name} with (force)`);
}
