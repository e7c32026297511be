// Bundles the compiled workflow code at build time, so that workers start from one checked file: dist/workflow-bundle.js.
// A jump in size means that something which does not belong into a workflow was imported, and fails the build.
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

// About 1.05 MB today. The inline source map, twice as large again, is not counted: it grows with every comment.
const LIMIT_BYTES = 1_500_000;
const root = fileURLToPath(new URL('../../', import.meta.url));
const quiet = { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error };

/** Bytes of code in a bundle, without the source map that is appended to it. */
export function codeSize(code) {
  const map = code.lastIndexOf('//# sourceMappingURL=');
  return Buffer.byteLength(map < 0 ? code : code.slice(0, map));
}

/** Writes dist/workflow-bundle.js and returns the size of its code in bytes. Throws when it is too large. */
export async function bundleWorkflows(base = root) {
  const workflowsPath = `${base}dist/workflows/index.js`;
  if (!existsSync(workflowsPath)) throw new Error(`${workflowsPath} is missing: run npm run build.`);
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  const size = codeSize(code);
  if (size >= LIMIT_BYTES) {
    throw new Error(
      `The workflow bundle has ${size} bytes of code, the limit is ${LIMIT_BYTES}: look for an import that does not belong there.`,
    );
  }
  writeFileSync(`${base}dist/workflow-bundle.js`, code);
  return size;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const size = await bundleWorkflows();
  console.log(`dist/workflow-bundle.js: ${Math.round(size / 1000)} kB of code`);
}
