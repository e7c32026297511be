// Brings the database named by DATABASE_URL (or DATABASE_URL_FILE) to the schema of this build, then ends. Run it before new processes
// start; running it again changes nothing. It needs the compiled tree and production packages only.
import { pathToFileURL } from 'node:url';

/** Runs the migrations on a database and returns the names of those that were new. */
export async function migrate(url) {
  const { createDataSource } = await import(new URL('../../dist/libs/persistence/src/index.js', import.meta.url).href);
  const dataSource = createDataSource(url, { applicationName: 'relance migrate', poolSize: 1 });
  await dataSource.initialize();
  try {
    return (await dataSource.runMigrations()).map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { loadConfig } = await import(new URL('../../dist/libs/config/src/index.js', import.meta.url).href);
  try {
    const names = await migrate(loadConfig(process.env).DATABASE_URL);
    console.log(names.length === 0 ? 'The schema is up to date.' : `Applied: ${names.join(', ')}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
