// Copies of the compiled product in which named points, shorter clocks and, for the self-test, one seeded bug are written by exact text replacement.
import { cpSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A patch: `find` must stand in the text exactly `times` times (once when absent), `put` comes in its place. A patch whose text is not found stops the
 * storm: the product moved, and the patch must follow.
 */
export function replaced(text, { name, file, find, put, times = 1 }) {
  const parts = text.split(find);
  if (parts.length - 1 !== times)
    throw new Error(`Patch ${name}: its text stands ${parts.length - 1} times in ${file}, not ${times}:\n${find}`);
  return parts.join(put);
}

/** Writes patches into files below `dist`. */
function applyPatches(dist, patches) {
  for (const patch of patches) {
    const at = path.join(dist, patch.file);
    writeFileSync(at, replaced(readFileSync(at, 'utf8'), patch));
  }
}

/** A build of its own in `folder`: `dist/` copied and patched, everything else shared with the checkout. Returns the folder. */
export function copyBuild(root, folder, patches, dist = path.join(root, 'dist')) {
  mkdirSync(folder, { recursive: true });
  cpSync(dist, path.join(folder, 'dist'), { recursive: true });
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  for (const shared of ['node_modules', 'libs']) symlinkSync(path.join(root, shared), path.join(folder, shared));
  applyPatches(path.join(folder, 'dist'), patches);
  return folder;
}
