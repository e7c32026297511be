import { it, inject } from 'vitest';
import fs from 'node:fs';
import { freshDatabase } from '../../support/fresh-database.js';
import { createDataSource } from '../../../libs/persistence/src/index.js';
it('gen', async () => {
  const ds = createDataSource(await freshDatabase(inject('pgBase')));
  await ds.initialize();
  const log = await ds.driver.createSchemaBuilder().log();
  fs.writeFileSync('/tmp/pgen/schema.sql', log.upQueries.map((q) => q.query + ';').join('\n'));
  await ds.destroy();
});
