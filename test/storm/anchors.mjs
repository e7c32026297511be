// Do all patches still find their text in the compiled build? Asked by CI, so that the product cannot move away from its storm unnoticed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUGS } from './bugs.mjs';
import { replaced } from './dist-copy.mjs';
import { PATCHES } from './failpoints.mjs';

/** Applies the named points, and each seeded bug over them, to texts in memory. Returns a sentence for each set whose text moved. */
export function movedAnchors(dist) {
  const sets = [{ name: 'named points', patches: [] }, ...BUGS];
  return sets.flatMap(({ name, patches }) => {
    const texts = new Map();
    const moved = [];
    for (const patch of [...PATCHES, ...patches]) {
      const before = texts.get(patch.file) ?? readFileSync(path.join(dist, patch.file), 'utf8');
      try {
        texts.set(patch.file, replaced(before, { name, ...patch }));
      } catch (error) {
        moved.push(error.message.replaceAll('\n', ' '));
      }
    }
    return moved.length > 0 ? [`${name}: ${moved.join('; ')}`] : [];
  });
}

/** How many sets of patches there are. */
export const PATCH_SETS = BUGS.length + 1;
