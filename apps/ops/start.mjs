// `npm start`: everything on one machine. Only Node's own modules here, because nothing else may be installed yet.
import { fileURLToPath } from 'node:url';
import { ensureDependencies, nodeProblem } from './ensure-deps.mjs';
import { readOptions, USAGE, UsageError } from './supervisor/options.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

function options() {
  try {
    return readOptions(process.argv.slice(2), process.env, root);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return process.exit(2);
  }
}

const chosen = options();
const problem = nodeProblem();
if (chosen.help) {
  console.log(USAGE);
} else if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  ensureDependencies();
  const { supervise } = await import('./supervisor/supervise.mjs');
  await supervise(chosen);
}
