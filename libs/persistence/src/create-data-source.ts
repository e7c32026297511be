import { DataSource } from 'typeorm';
import { ENTITIES } from './entities/entities.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { SnakeNames } from './snake-names.js';
import { VALUE_PARSERS } from './value-parsers.js';

export interface DataSourceSettings {
  /** Connections kept by this process; 10 when absent. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
}

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** A data source of the product's own tables. The caller initializes it, runs the migrations where that is its job, and destroys it. */
export function createDataSource(url: string, settings: DataSourceSettings = {}): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize: settings.poolSize ?? POOL_SIZE,
    applicationName: settings.applicationName ?? 'relance',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    synchronize: false,
    // Failed statements are thrown, not logged: their parameters are personal data.
    logging: ['warn'],
    namingStrategy: new SnakeNames(),
    entities: [...ENTITIES],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'schema_migration',
    // Statements are sent without waiting for the answer of the one before.
    extra: { types: VALUE_PARSERS, pipeline: true },
  });
}
