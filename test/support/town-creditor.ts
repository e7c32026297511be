/** Menuiserie Mirandole, a sandbox creditor of French law, with what a test wants otherwise; the bench measures the same one. */
export { frenchCreditor as creditorRow } from '../../apps/ops/src/bench/french-creditor.js';
