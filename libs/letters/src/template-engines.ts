import { Liquid, type LiquidOptions } from 'liquidjs';
import { LETTERS_ROOT } from './asset.js';

// Templates may one day be edited by a creditor: bounded in size, time and memory, blind to prototypes, strict on names.
const BOUNDS: LiquidOptions = {
  root: `${LETTERS_ROOT}/templates`,
  relativeReference: false,
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  jsTruthy: true,
  cache: true,
  parseLimit: 200_000,
  renderLimit: 5_000,
  memoryLimit: 2_000_000,
};

/** For HTML: every `{{ value }}` is escaped. */
export const htmlEngine = new Liquid({ ...BOUNDS, outputEscape: 'escape' });

/** For text parts, subjects and PDF wording: nothing is escaped, else `Zoé & fils` would read `Zoé &amp; fils`. */
export const textEngine = new Liquid(BOUNDS);
